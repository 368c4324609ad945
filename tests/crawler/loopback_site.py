"""A web site on loopback that answers exactly the bytes a test wants, and logs when each request came."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reply:
    """What the site sends: a well-formed answer, or ``raw`` bytes as they are."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    raw: bytes | None = None
    seconds: float = 0.0
    """Time until it answers."""

    def wire(self) -> bytes:
        if self.raw is not None:
            return self.raw
        lines = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in self.headers)]
        lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    at: float
    ended: float = 0.0


@dataclass
class Site:
    """A running site; ``pages`` maps a path to its reply, or to a function of how often it was asked before."""

    pages: dict[str, Reply | Callable[[int], Reply]]
    host: str = "127.0.0.1"
    port: int = 0
    log: list[Request] = field(default_factory=list)

    @property
    def pair(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.pair}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.log]


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        lock: threading.Lock = self.server.lock  # type: ignore[attr-defined]
        while True:
            line = self.rfile.readline().decode("latin-1").split()
            if len(line) < 2:
                return
            headers = {}
            while (head := self.rfile.readline().decode("latin-1").strip()) != "":
                name, _, value = head.partition(":")
                headers[name] = value.strip()
            self.rfile.read(int(headers.get("Content-Length", "0")))
            request = Request(line[0], line[1], headers, time.monotonic())
            with lock:
                before = sum(1 for earlier in site.log if earlier.path == request.path)
                site.log.append(request)
            page = site.pages.get(request.path, Reply(b"not here", 404))
            reply = page(before) if callable(page) else page
            time.sleep(reply.seconds)
            # noted before it is sent: afterwards a busy machine may note it later than the asker has the answer
            request.ended = time.monotonic()
            self.wfile.write(reply.wire())
            self.wfile.flush()
            if reply.raw is not None:
                return


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many tests are about."""


@contextmanager
def serve(pages: Mapping[str, Reply | Callable[[int], Reply]], host: str = "127.0.0.1") -> Iterator[Site]:
    """Serve pages until the block ends."""
    site = Site(dict(pages), host)
    with _Server((host, 0), _Handler) as server:
        server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.site, server.lock = site, threading.Lock()  # type: ignore[attr-defined]
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()
