"""Evidence packs (佐证包): one file that a stranger can open and check, years later and without us."""
