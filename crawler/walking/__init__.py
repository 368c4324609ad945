"""The walk: pure generators that say what they want to see next and what they have seen."""
