"""The ledger's books (台账分册): what the rest of the program may ask of it and tell it, a subject a file."""
