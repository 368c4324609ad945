"""Errors of the ledger: the database or the archive cannot be used, or something in it is damaged."""


class LedgerError(Exception):
    """Raised when the ledger cannot do what was asked, from any part of ``ledger``."""


class LedgerTooNewError(LedgerError):
    """Raised when a newer Mingcha wrote the database, from opening a ledger."""

    def __init__(self, url: str, found: str, known: str) -> None:
        super().__init__(
            f"{url}: the database has schema {found}, this program knows schemas up to {known}; "
            "run the newer Mingcha that made it, or choose another --data folder"
        )


class LedgerNotUpgradedError(LedgerError):
    """Raised when the database is older than the program and its role may not change it, from opening a ledger."""

    def __init__(self, url: str, found: str | None, known: str) -> None:
        super().__init__(
            f"{url}: the database has schema {found or 'none'}, this program needs {known}, and this role may not "
            "upgrade it; run 'mingcha custody grant ROLE' once with MINGCHA_DATABASE_URL naming the tables' owner"
        )


class RoleTooStrongError(LedgerError):
    """Raised when a role cannot be kept from changing what was written, from ``ledger.database.granting``."""

    def __init__(self, role: str, problem: str) -> None:
        super().__init__(f"role {role!r}: {problem}")


class UnknownSnapshotError(LedgerError, KeyError):
    """Raised when no archived response has this id, from ``Ledger.read_snapshot``."""

    def __init__(self, snapshot_id: str) -> None:
        super().__init__(f"snapshot {snapshot_id!r}: no archived response has this id; check the id")

    def __str__(self) -> str:
        return str(self.args[0])


class EvidenceDamagedError(LedgerError):
    """Raised when archived bytes are gone or differ from what was written, from reading the archive."""

    def __init__(self, file: str, snapshot_id: str, problem: str) -> None:
        self.file = file
        self.snapshot_id = snapshot_id
        super().__init__(
            f"{file}: snapshot {snapshot_id}: {problem}; restore this file from a backup, "
            "nothing that rests on it can be proved until then"
        )


class EvidenceRemovedError(LedgerError):
    """Raised when a retention rule removed the archive file, from reading the archive: no damage, and on record."""

    def __init__(self, file: str, snapshot_id: str, event: int) -> None:
        self.file = file
        self.snapshot_id = snapshot_id
        super().__init__(
            f"{file}: snapshot {snapshot_id}: a retention rule removed this file (custody event {event}, which keeps "
            "its digest); its row and its digests remain"
        )


class StoreAwayError(LedgerError):
    """Raised when the store of closed archive files cannot be used, from ``ledger.archive.storing``."""

    def __init__(self, url: str, problem: str) -> None:
        self.url = url
        super().__init__(
            f"archive store {url} cannot be used: {problem}; files wait in the local folder, "
            "see MINGCHA_ARCHIVE_URL and give the command again when the store is back"
        )


class StoreTakenError(LedgerError):
    """Raised when another file already has the name of one that is to be moved, from ``ledger.archive.storing``."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(
            f"archive store {url}: another file named {name} lies there; it is left alone, and so is ours: "
            "name a folder of its own for each installation in MINGCHA_ARCHIVE_URL"
        )


class EncodingError(LedgerError):
    """Raised when a stored record does not fit its type, from ``ledger.encoding``."""
