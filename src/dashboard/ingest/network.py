"""Connections checked when they are dialled: to public addresses only, and over before a deadline."""

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import httpcore
import httpx

NAT64 = ipaddress.ip_network("64:ff9b::/96")
SHARED = ipaddress.ip_network("100.64.0.0/10")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_SocketOptions = Iterable[Any]


class AddressRefused(Exception):
    """A host name leads to an address that may not be visited."""


class Deadline(threading.local):
    """The moment at which the request of the current thread must be over."""

    end = float("inf")

    def start(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self, asked: float | None) -> float:
        """The seconds that a single step may take; raises ReadTimeout when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if asked is None else min(left, asked)


def may_be_visited(written: str, *, allow_private: bool) -> bool:
    """Is this IP address public, or at least on a local network that was allowed?

    Link-local ones (169.254…, where clouds keep their secrets), multicast and unspecified ones never are. An
    IPv4 address wrapped in IPv6 counts as what it is.
    """
    address = _unwrapped(ipaddress.ip_address(written.partition("%")[0]))
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if address.is_global:
        return True
    local = address.is_private or address.is_loopback or (address.version == 4 and address in SHARED)
    return allow_private and local


def _unwrapped(address: _Address) -> _Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a name once, checks every address it gives, and dials one of those very addresses.

    A name that changes its address between the check and the call gains nothing by it.
    """

    def __init__(self, *, allow_private: bool, deadline: Deadline) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 the pool never binds one
        socket_options: _SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers; raises AddressRefused."""
        addresses = _resolved(host, port, self._deadline.left(timeout))
        for address in addresses:
            if not may_be_visited(address, allow_private=self._allow_private):
                raise AddressRefused(address)
        for address in addresses[:-1]:
            try:
                return self._dialled(address, port, timeout, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._dialled(addresses[-1], port, timeout, socket_options)

    def _dialled(
        self, address: str, port: int, timeout: float | None, options: _SocketOptions | None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _TimedStream(
            self._backend.connect_tcp(address, port, timeout=left, socket_options=options), self._deadline
        )


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host; the system's resolver knows no deadline, so it runs in a thread of its own."""
    answers: queue.Queue[list[str] | OSError | UnicodeError] = queue.Queue()

    def resolve() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError) as failure:
            answers.put(failure)

    threading.Thread(target=resolve, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout from None
    if isinstance(answer, list) and answer:
        return answer
    raise httpcore.ConnectError(f"{host}: {answer}")


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline: a trickle of bytes does not prolong it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class CheckedTransport(httpx.BaseTransport):
    """httpx requests over checked connections; no proxy, no cookie, no redirect. Raises httpcore's errors."""

    def __init__(self, *, allow_private: bool) -> None:
        self.deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(),
            keepalive_expiry=15,
            network_backend=CheckedBackend(allow_private=allow_private, deadline=self.deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer with its body still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
