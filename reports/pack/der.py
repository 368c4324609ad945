"""Certificates of a time-stamp answer in DER's order: many authorities send them unsorted, a strict reader refuses."""

from __future__ import annotations

from collections.abc import Iterator

_CERTIFICATES = 0xA0


def in_der_order(answer: bytes) -> bytes:
    """The same answer with the set of certificates sorted (X.690 11.6); the signature does not cover their order.

    Args:
        answer: TimeStampResp (RFC 3161 2.4.2). What is built otherwise is given back as it is.
    """
    try:
        token = _inner(answer, (0, len(answer)), 1)
        signed = _inner(answer, _inner(answer, token, 1), 0)
        found = next((part for part in _parts(answer, signed) if answer[part[0]] == _CERTIFICATES), None)
    except (IndexError, ValueError):
        return answer
    if found is None:
        return answer
    start, end = _body(answer, found)
    pieces = sorted(answer[first:last] for first, last in _parts(answer, found))
    return answer[:start] + b"".join(pieces) + answer[end:]


def _inner(text: bytes, whole: tuple[int, int], number: int) -> tuple[int, int]:
    """Where the element of this number inside another stands."""
    return list(_parts(text, whole))[number]


def _parts(text: bytes, whole: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Start and end of each element inside one."""
    at, end = _body(text, whole)
    while at < end:
        size, head = _length(text, at)
        if at + head + size > end:
            raise ValueError("an element ends behind what holds it")
        yield at, at + head + size
        at += head + size


def _body(text: bytes, element: tuple[int, int]) -> tuple[int, int]:
    size, head = _length(text, element[0])
    return element[0] + head, element[0] + head + size


def _length(text: bytes, at: int) -> tuple[int, int]:
    """Bytes of the content, and of tag and length before it."""
    first = text[at + 1]
    if first < 0x80:
        return first, 2
    count = first & 0x7F
    if not 1 <= count <= 4:
        raise ValueError("no length that DER knows")
    return int.from_bytes(text[at + 2 : at + 2 + count], "big"), 2 + count
