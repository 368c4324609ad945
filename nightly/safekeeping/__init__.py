"""Safekeeping (证据保管): verified again, moved, kept as long as a rule says, and recorded when taken out."""
