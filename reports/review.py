"""What a review was said of: the fingerprint by which a conclusion stays valid while the same is seen."""

from __future__ import annotations

import hashlib
import re

from ledger.verdict import NightStanding

_TIME = re.compile(r"截至[^，,]*[，,]")


def fingerprint(standing: NightStanding) -> str:
    """Digest of what was seen, without its time: two nights that saw the same have the same fingerprint."""
    accusation = standing.suspected or standing.standing
    text = "\n".join((accusation, standing.url, _TIME.sub("", standing.detail)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
