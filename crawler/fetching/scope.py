"""Where an address leads and whether it is the district's; one WHATWG parser decides, and its string is fetched."""

from __future__ import annotations

from dataclasses import dataclass

import ada_url
import tldextract

from catalog.district import District

_PORTS = {"http": 80, "https": 443}
# The bundled list of suffixes: by default tldextract downloads one from the net, in the middle of a crawl.
_suffixes = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())


@dataclass(frozen=True, slots=True)
class Location:
    """Location (网址定位): an http address as the WHATWG parser understands it.

    Attributes:
        href: the string that is fetched: normalised, without fragment, user name and password.
        host: name in ASCII, or an IP address; IPv6 without brackets.
    """

    href: str
    scheme: str
    host: str
    port: int

    @property
    def pair(self) -> str:
        """``host:port``, IPv6 in brackets; the form of ``network.allow``."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """``scheme://host:port`` with the port always written."""
        return f"{self.scheme}://{self.pair}"


def locate(url: str, base: str = "") -> Location | None:
    """Where an address leads; None when it is no http or https address.

    Args:
        base: address of the page or answer that names it, for a relative one.
    """
    try:
        parsed = ada_url.URL(url, base) if base else ada_url.URL(url)
        scheme = parsed.protocol.rstrip(":")
        if scheme not in _PORTS or not parsed.hostname:
            return None
        parsed.username, parsed.password, parsed.hash = "", "", ""
    except (ValueError, UnicodeError):
        return None
    host = parsed.hostname.removeprefix("[").removesuffix("]").removesuffix(".")
    return Location(parsed.href, scheme, host, int(parsed.port or _PORTS[scheme]))


def registrable_domain(host: str) -> str:
    """The domain under which a body registers (wz.gov.cn of www.wz.gov.cn); empty for an IP address or a bare name."""
    return _suffixes(host).top_domain_under_public_suffix


@dataclass(frozen=True, slots=True)
class Scope:
    """Scope (核验范围) of a district's walk (CONTRACTS "District").

    Attributes:
        pairs: host:port pairs that belong to it.
        domain: registrable domain of the home page, all hosts under which belong to it; empty for an IP address.
    """

    pairs: frozenset[str]
    domain: str

    def holds(self, location: Location) -> bool:
        """Whether the address lies within the district's hosts."""
        if location.pair in self.pairs:
            return True
        return bool(self.domain) and (location.host == self.domain or location.host.endswith(f".{self.domain}"))


def scope_of(district: District) -> Scope:
    """The scope: home, hosts under its registrable domain, the organs' entries, and what ``network.allow`` names."""
    home = locate(district.home)
    places = [home, *(locate(organ.entry) for organ in district.organs if organ.entry)]
    pairs = set(district.network.allow)
    for place in places:
        if place is None:
            continue
        pairs.add(place.pair)
        if place.port == _PORTS[place.scheme]:  # http and https of one name are one site
            pairs.update(f"{place.pair.rpartition(':')[0]}:{port}" for port in _PORTS.values())
    return Scope(frozenset(pairs), registrable_domain(home.host) if home else "")
