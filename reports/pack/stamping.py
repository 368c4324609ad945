"""Time stamps (时间戳, RFC 3161): what is asked of an authority, and whether an answer proves what it should."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from reports.pack.der import in_der_order
from reports.pack.errors import StampError

REQUEST_TYPE = "application/timestamp-query"
ANSWER_TYPE = "application/timestamp-reply"
_GRANTED = bytes.fromhex("3003020100")
"""PKIStatusInfo ``granted``, the other half of an answer; a kept token has only the token."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Time stamp (时间戳).

    Attributes:
        token: DER ContentInfo; what ``openssl ts -verify -token_in`` reads.
        stamped_at: UTC, by the authority's clock.
        expires_at: UTC; end of the certificate that signed it, after which only a later stamp over it proves anything.
    """

    token: bytes
    stamped_at: datetime
    expires_at: datetime


def asked(text: bytes) -> TimeStampRequest:
    """The request for a stamp over the SHA-256 of a text, with a nonce and the wish for certificates."""
    return (
        TimestampRequestBuilder()
        .data(text)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )


def verified(answer: bytes, text: bytes, authority_pem: bytes, request: TimeStampRequest | None = None) -> Stamp:
    """The stamp of an answer, proved to be over this text and signed below this authority.

    Args:
        authority_pem: certificates of the authority, its root among them.
        request: what was asked; its nonce must come back. None for a token that was kept.

    Raises:
        StampError: it is not granted, over another text, or not signed by this authority.
    """
    try:
        response = decode_timestamp_response(in_der_order(answer))
    except ValueError as error:
        raise StampError(f"no time-stamp answer that can be read ({error})") from error
    if response.status != 0:
        raise StampError(f"the authority refused: status {response.status} {' '.join(response.status_string)}")
    builder = VerifierBuilder.from_request(request) if request is not None else VerifierBuilder()
    roots, between = _authorities(authority_pem)
    for one in roots:
        builder = builder.add_root_certificate(one)
    # only what the office configured: the library believes in everything that it is given here, and the certificates
    # that an answer brings along are no reason to believe it
    for one in between:
        builder = builder.add_intermediate_certificate(one)
    brought = [x509.load_der_x509_certificate(one) for one in response.signed_data.certificates]
    try:
        builder.build().verify(response, hashlib.sha256(text).digest())
    except (VerificationError, ValueError) as error:
        raise StampError(f"the time stamp proves nothing: {error}") from error
    return _stamp(response, [one for one in brought if _is_signer(one)])


def verified_token(token: bytes, text: bytes, authority_pem: bytes) -> Stamp:
    """A kept token, proved again.

    Raises:
        StampError: see ``verified``.
    """
    return verified(_as_answer(token), text, authority_pem)


def claimed(token: bytes) -> Stamp:
    """What a kept token says of itself; nothing is proved, see ``verified_token``.

    Raises:
        StampError: it cannot be read.
    """
    try:
        response = decode_timestamp_response(in_der_order(_as_answer(token)))
    except ValueError as error:
        raise StampError(f"no time stamp that can be read ({error})") from error
    brought = [x509.load_der_x509_certificate(one) for one in response.signed_data.certificates]
    return _stamp(response, [one for one in brought if _is_signer(one)])


def _stamp(response: TimeStampResponse, signers: Sequence[x509.Certificate]) -> Stamp:
    moment = response.tst_info.gen_time
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    ends = [one.not_valid_after_utc for one in signers]
    return Stamp(response.time_stamp_token(), moment.astimezone(UTC), min(ends, default=moment.astimezone(UTC)))


def _authorities(pem: bytes) -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Roots and certificates between, as they stand in one file."""
    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise StampError(f"the authority's file holds no certificate in PEM ({error})") from error
    roots = [one for one in found if one.issuer == one.subject]
    return (roots or found[-1:]), [one for one in found if one.issuer != one.subject]


def _is_signer(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def _as_answer(token: bytes) -> bytes:
    """A bare token as the answer it came in (RFC 3161 2.4.2: a sequence of status and token)."""
    body = _GRANTED + token
    size = len(body)
    length = bytes([size]) if size < 0x80 else bytes([0x80 | (size.bit_length() + 7) // 8])
    if size >= 0x80:
        length += size.to_bytes((size.bit_length() + 7) // 8, "big")
    return b"\x30" + length + body
