"""Checks of the column itself (栏目): there, on its path, under its name, not empty."""
