"""The browser, only where needed: its launch, what it may ask for, and how a page it shows becomes a record."""
