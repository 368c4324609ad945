"""Packs (佐证包) in the course of a night: gathered, sealed, stamped, written; their format stands in reports.pack."""
