"""Reading a page: bytes in, a ``Page`` of facts out; pure, no fetching."""
