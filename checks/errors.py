"""Errors of the judgement: a fault of our own that must stop the night, never one of the portal."""


class ConservationError(Exception):
    """Raised when obligations and findings are not one to one, from ``judge_look`` and ``stand``."""


class CheckDeclarationError(Exception):
    """Raised when a check is declared wrongly (module, options, docstring), from ``checks.registry``."""
