"""A small server on loopback for demonstration portals: one port a host, every request logged with its times."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from portals.publishing import Address, Answer, Conduct, Portal, located

UNAVAILABLE = Answer(
    503, (("Content-Type", "text/html"),), b"<html><body><h1>503 Service Unavailable</h1></body></html>"
)


@dataclass(frozen=True, slots=True)
class Request:
    """Request (访问记录) as the server saw it; times are of one monotonic clock, in seconds.

    Attributes:
        parallel: requests under way on this host when it came, itself included.
    """

    host: int
    method: str
    path: str
    agent: str
    began_seconds: float
    ended_seconds: float
    parallel: int
    status: int


@dataclass(slots=True)
class RequestLog:
    """Request log (访问日志) of all hosts, in the order in which requests ended."""

    requests: list[Request] = field(default_factory=list)
    _busy: dict[int, int] = field(default_factory=dict)
    _asked: dict[Address, int] = field(default_factory=dict)
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def enter(self, host: int) -> int:
        """Note that a request came; returns how many are under way on the host."""
        with self._lock:
            self._busy[host] = self._busy.get(host, 0) + 1
            return self._busy[host]

    def count(self, host: int, path: str) -> int:
        """How often an address was asked for, this time included."""
        with self._lock:
            self._asked[host, path] = self._asked.get((host, path), 0) + 1
            return self._asked[host, path]

    def leave(self, request: Request) -> None:
        """Note that a request ended."""
        with self._lock:
            self._busy[request.host] -= 1
            self.requests.append(request)
            self._lock.notify_all()

    def settled(self) -> tuple[Request, ...]:
        """All requests, once none is under way: a client may have its answer before the server has noted it."""
        with self._lock:
            self._lock.wait_for(lambda: not any(self._busy.values()), timeout=30)
            return tuple(self.requests)

    def paths(self, host: int = 0) -> tuple[str, ...]:
        """Paths asked of a host, in order."""
        return tuple(request.path for request in self.requests if request.host == host)

    def most_parallel(self, host: int = 0) -> int:
        """Most requests that were under way at one time on a host."""
        return max((request.parallel for request in self.requests if request.host == host), default=0)

    def least_gap_seconds(self, host: int = 0) -> float:
        """Least time between the beginnings of two requests to a host; infinite where there are fewer than two."""
        begins = sorted(request.began_seconds for request in self.requests if request.host == host)
        return min((later - before for before, later in itertools.pairwise(begins)), default=float("inf"))


@dataclass(frozen=True, slots=True)
class Served:
    """Served portal (已启动的门户): where its hosts are, and what was asked of them."""

    urls: tuple[str, ...]
    ports: tuple[int, ...]
    log: RequestLog


@dataclass(slots=True)
class _Host:
    """One host of a portal; the origins are known once all ports are bound."""

    portal: Portal
    index: int
    log: RequestLog
    origins: tuple[str, ...] = ()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    block_on_close = False

    def __init__(self, port: int, host: _Host) -> None:
        self.host = host
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed says nothing of the portal."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        self._answer(send_body=True)

    def do_HEAD(self) -> None:
        self._answer(send_body=False)

    def do_POST(self) -> None:
        self._answer(send_body=True, body=self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _answer(self, *, send_body: bool, body: bytes = b"") -> None:
        host = self.server.host
        parallel, began = host.log.enter(host.index), time.monotonic()
        status = 0
        try:
            answer = host.portal.respond(host.index, self.command, self.path, body)
            if answer.failures and host.log.count(host.index, self.path) <= answer.failures:
                answer = UNAVAILABLE
            if answer.wait_seconds:
                time.sleep(answer.wait_seconds)
            status = answer.status
            self._send(answer, host.origins, send_body=send_body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            agent = self.headers.get("User-Agent", "")
            ended = time.monotonic()
            host.log.leave(Request(host.index, self.command, self.path, agent, began, ended, parallel, status))

    def _send(self, answer: Answer, origins: Sequence[str], *, send_body: bool) -> None:
        if answer.conduct is Conduct.DROP:
            self.close_connection = True
            return
        body = located(answer.body, origins)
        promised = len(body) + (4096 if answer.conduct is Conduct.SHORT else 0)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, located(value.encode("latin-1"), origins).decode("latin-1"))
        self.send_header("Content-Length", str(promised))
        if answer.conduct is Conduct.SHORT:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if send_body:
            self.wfile.write(body)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Nothing on standard error: the log holds it."""


@contextmanager
def serve(portal: Portal, ports: Sequence[int] = ()) -> Iterator[Served]:
    """Serve every host of a portal on 127.0.0.1 until the block ends.

    Args:
        ports: port for each host, 0 or absent for any free one.
    """
    log = RequestLog()
    with ExitStack() as stack:
        hosts, servers = [], []
        for index in range(portal.hosts):
            host = _Host(portal, index, log)
            port = ports[index] if index < len(ports) else 0
            server = stack.enter_context(_Server(port, host))
            hosts.append(host)
            servers.append(server)
        bound = tuple(int(server.server_address[1]) for server in servers)
        origins = tuple(f"http://127.0.0.1:{port}" for port in bound)
        for host, server in zip(hosts, servers, strict=True):
            host.origins = origins
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        yield Served(tuple(f"{origin}/" for origin in origins), bound, log)
