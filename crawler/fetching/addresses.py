"""Which IP addresses may be connected to: global ones, and the host:port pairs that a district file allows."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from crawler.fetching.scope import Location

_UNICAST = IPv6Network("2000::/3")
# 6to4 and Teredo carry an IPv4 address inside; documentation blocks lead nowhere.
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/23"), IPv6Network("2001:db8::/32"), IPv6Network("3fff::/20"))


def is_global(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Mapped and NAT64 IPv6 addresses are refused whatever they carry: a portal has no need of them, a trick has.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not parsed.is_multicast
    return _is_global_v6(parsed)


def _is_global_v6(parsed: IPv6Address) -> bool:
    return parsed in _UNICAST and parsed.is_global and not any(parsed in network for network in _TUNNELS)


def is_literal(host: str) -> bool:
    """Whether a host is an IP address rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a host names this machine: ``localhost``, 127/8, ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Gate:
    """Gate (地址放行规则): decides on the addresses that a resolver answered, and on literal ones."""

    allow: frozenset[str]

    def admits(self, pair: str, address: str) -> bool:
        """Whether ``address`` may be connected to for a request to ``pair`` (host:port as in the requested address)."""
        return pair in self.allow or is_global(address)

    def admits_literal(self, location: Location) -> bool:
        """Whether a request may go out as far as its own spelling tells; names are decided on when resolved."""
        return not is_literal(location.host) or self.admits(location.pair, location.host)
