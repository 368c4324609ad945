"""Errors of the catalogue: our own data is wrong, and a person must change a file."""


class CatalogueError(Exception):
    """Raised when a catalogue or district file is wrong, before anything runs; names file, entry and cure.

    Args:
        file: the file's name or path as the user gave it.
        entry: the table or key that is wrong, for example ``requirement "budget"``; empty for the whole file.
        problem: what is wrong, one sentence without a full stop.
        cure: what to write instead, one sentence without a full stop.
    """

    def __init__(self, file: str, entry: str, problem: str, cure: str) -> None:
        self.file = file
        self.entry = entry
        self.problem = problem
        self.cure = cure
        place = f"{file}: {entry}" if entry else file
        super().__init__(f"{place}: {problem}; {cure}")
