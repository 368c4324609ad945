"""TLS towards portals that were left behind: they are spoken to, and how well they are secured is written down."""

from __future__ import annotations

import base64
import functools
import ssl
import warnings

from ledger.exchange import Headers

_LEGACY_SERVER_CONNECT = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT; the ssl module names it from Python 3.12."""


@functools.cache
def tls_context(*, verified: bool) -> ssl.SSLContext:
    """A client context that also speaks to portals left at TLS 1.0 with old ciphers: what they publish still counts.

    Args:
        verified: check the certificate; without, pages of a portal with a bad one are seen and its state is recorded.
    """
    context = ssl.create_default_context()
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # deprecated is the protocol, and that is why it stands here
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.options |= _LEGACY_SERVER_CONNECT
    if not verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def tls_notes(tls: ssl.SSLObject | None, state: str = "") -> Headers:
    """Version, cipher and server certificate of a connection, for the archive; nothing for plain HTTP.

    The certificate stands in every exchange (base64 of its DER): a page must be provable without its neighbours.

    Args:
        state: what checking the certificate came to, ``valid`` or OpenSSL's words.
    """
    if tls is None:
        return ()
    cipher = tls.cipher()
    certificate = tls.getpeercert(binary_form=True) or b""
    return (
        ("tlsVersion", str(tls.version())),
        ("tlsCipher", cipher[0] if cipher else ""),
        ("tlsCertificate", base64.b64encode(certificate).decode("ascii")),
        *((("tlsCertificateState", state),) if state else ()),
    )
