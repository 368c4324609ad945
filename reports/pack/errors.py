"""Errors of packing: a pack cannot be written as asked; every sentence names the cure."""


class PackError(Exception):
    """Raised when a pack cannot be written as asked, from any part of ``reports.pack``."""


class CopyError(PackError):
    """Raised when an archive file cannot be copied from: cut, altered, or without a record that was asked for."""


class PackTooLargeError(PackError):
    """Raised when a zip would need more than 4 GiB, from ``FixedZip``; pack the night organ by organ."""


class KeyTroubleError(PackError):
    """Raised when a signing key is missing, open to others or no key at all, from ``KeyRing``."""


class NoSm3Error(PackError):
    """Raised when SM3 is asked for and this machine's OpenSSL has none, from ``measure``."""


class BeingWrittenError(PackError):
    """Raised when another process writes the same pack at this moment, from ``write_pack``."""


class StampError(PackError):
    """Raised when an authority's answer does not prove when a text was there, from ``verified``; says why."""
