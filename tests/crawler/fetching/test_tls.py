"""TLS: old portals and bad certificates are seen, and their state is written down."""

from __future__ import annotations

import base64
import datetime
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from loopback_crawl import LinkWalk, crawl, district_of, open_ledger
from warcio.archiveiterator import ArchiveIterator

from ledger.reason import Reason
from ledger.work import Arrival


def certificate(folder: Path) -> Path:
    """A self-signed certificate and its key, in one file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal.invalid")])
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=90))
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@contextmanager
def secure_site(context: ssl.SSLContext | None) -> Iterator[str]:
    """A site that answers every request with ``ok``; without a context it speaks plain HTTP to a TLS client."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            while True:
                try:
                    plain, _ = server.accept()
                except OSError:
                    return
                try:
                    with plain, context.wrap_socket(plain, server_side=True) if context else plain as peer:
                        peer.recv(4096)
                        peer.sendall(answer)
                except OSError:
                    continue

        threading.Thread(target=run, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def context(folder: Path, version: ssl.TLSVersion | None = None, ciphers: str = "") -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        if version is not None:
            made.minimum_version = made.maximum_version = version
    if ciphers:
        made.set_ciphers(ciphers)
    return made


def fetch(folder: Path, pair: str) -> tuple[Arrival, list[dict[str, str]]]:
    url = f"https://{pair}/"
    walk = LinkWalk([url])
    crawl(folder, walk, district_of(url, allow=(pair,)))
    with open_ledger(folder) as ledger:
        return walk.by_url()[url], [facts for _, _, facts in ledger.events("certificate")]


def test_a_bad_certificate_is_noted_and_the_page_is_seen(tmp_path: Path) -> None:
    with secure_site(context(tmp_path)) as pair:
        arrival, notes = fetch(tmp_path, pair)
    assert (arrival.reason, arrival.body) == (None, b"ok")
    assert [note["origin"] for note in notes] == [f"https://{pair}"]
    assert "self-signed" in notes[0]["state"] or "self signed" in notes[0]["state"]


def test_a_portal_left_at_tls_1_0_is_seen(tmp_path: Path) -> None:
    with secure_site(context(tmp_path, ssl.TLSVersion.TLSv1, "DEFAULT:@SECLEVEL=0")) as pair:
        arrival, _ = fetch(tmp_path, pair)
    assert (arrival.reason, arrival.body) == (None, b"ok")


def test_a_portal_that_speaks_no_tls_is_said_so(tmp_path: Path) -> None:
    with secure_site(None) as pair:
        arrival, _ = fetch(tmp_path, pair)
    assert arrival.reason is Reason.TLS_INVALID


def metadata_of(folder: Path) -> dict[str, str]:
    """Fields of the metadata record of the last page in the archive."""
    fields: dict[str, str] = {}
    for path in sorted((folder / "archive").iterdir()):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "metadata":
                    lines = record.content_stream().read().decode().splitlines()
                    fields = dict(line.split(": ", 1) for line in lines)
    return fields


def test_what_secured_a_page_stands_beside_it(tmp_path: Path) -> None:
    with secure_site(context(tmp_path, ssl.TLSVersion.TLSv1_2)) as pair:
        fetch(tmp_path, pair)
    fields = metadata_of(tmp_path)
    sent = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    assert fields["tlsVersion"] == "TLSv1.2"
    assert base64.b64decode(fields["tlsCertificate"]) == sent.public_bytes(serialization.Encoding.DER)
    assert "self" in fields["tlsCertificateState"]
