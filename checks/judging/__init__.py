"""Judging (核验结论的形成): from rulings to findings of a look, standings of a night, and gaps."""
