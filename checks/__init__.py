"""The judgement: one file a check, pure functions over what the ledger holds; never fetches."""
