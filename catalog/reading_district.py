"""Strict reading of district files (区县): organs, adopted directories, limits of the walk; nothing is looked up."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

from catalog.district import District, Network, Organ, OrganKind
from catalog.roles import government_of
from catalog.strict import Entry, load_toml, no_twins

_DISTRICT_KEYS = (
    *("schema", "id", "name", "home", "directories", "roster_complete", "roster_source", "network"),
    *("adapters", "forbidden_adapters", "organ"),
)
_ORGAN_KEYS = ("id", "name", "short", "kind", "aliases", "entry", "confirmed")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_FORBIDDEN_IN_ORGAN_ID = re.compile(r"[\s/@]")
_PORTS = {"http": 80, "https": 443}


def read_district(file: Traversable) -> District:
    """Read one district file; a government organ is added where the roster has none.

    Raises:
        CatalogueError: when anything in it is unknown, missing, of a wrong type or contradictory.
    """
    entry = load_toml(file)
    entry.only(*_DISTRICT_KEYS)
    organs = tuple(_organ(one) for one in entry.tables("organ", label_key="name"))
    if not organs:
        raise entry.wrong("it names no organ", "add at least one [[organ]] with name and kind")
    no_twins(entry.file, "organ", [organ.id for organ in organs])
    no_twins(entry.file, "organ", [organ.name for organ in organs])
    home = _address(entry, "home")
    network = _network(entry.inner("network"), home, tuple(organ.entry for organ in organs if organ.entry))
    district = District(
        id=_district_id(entry),
        name=entry.text("name"),
        home=home,
        directories=entry.texts("directories", required=True),
        organs=organs,
        roster_complete=entry.flag("roster_complete"),
        roster_source=entry.text("roster_source", ""),
        network=network,
        adapters=entry.texts("adapters"),
        forbidden_adapters=entry.texts("forbidden_adapters"),
        file=entry.file,
    )
    _check_whole(entry, district)
    government = government_of(district)
    return replace(district, organs=(government, *organs)) if government.implied else district


def _district_id(entry: Entry) -> str:
    own = entry.text("id")
    if not _ID.fullmatch(own):
        raise entry.wrong(f'"id" is "{own}"', "use small Latin letters, digits, _ and - only")
    return own


def _check_whole(entry: Entry, district: District) -> None:
    if not district.directories:
        raise entry.wrong('"directories" is empty', "name at least one directory that the district adopts")
    governments = [organ.name for organ in district.organs if organ.kind is OrganKind.GOVERNMENT]
    if len(governments) > 1:
        raise entry.wrong(f"it names {len(governments)} organs of kind government", "keep the district's own only")
    if district.roster_complete and not district.roster_source:
        raise entry.wrong('"roster_complete" has no source', 'add "roster_source": which list, of which date')
    both = sorted(set(district.adapters) & set(district.forbidden_adapters))
    if both:
        raise entry.wrong(f'the adapter "{both[0]}" is pinned and forbidden', "take it out of one of the two lists")


def _organ(entry: Entry) -> Organ:
    entry.only(*_ORGAN_KEYS)
    name = entry.text("name")
    organ_id = entry.text("id") if "id" in entry.table else name
    kind = entry.choice("kind", OrganKind)
    if _FORBIDDEN_IN_ORGAN_ID.search(organ_id):
        raise entry.wrong(f'the organ\'s id "{organ_id}" holds a blank, "/" or "@"', "take it out")
    if organ_id == "government" and kind is not OrganKind.GOVERNMENT:
        raise entry.wrong('the id "government" belongs to the government itself', "give this organ another id")
    return Organ(
        id=organ_id,
        name=name,
        kind=kind,
        short=entry.text("short", ""),
        aliases=entry.texts("aliases"),
        entry=_address(entry, "entry"),
        confirmed=entry.texts("confirmed"),
    )


def _address(entry: Entry, key: str) -> str:
    address = entry.text(key, "")
    if not address:
        return ""
    cure = f'write {key} = "https://www.example.gov.cn/", or leave the key out where nobody knows it'
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise entry.wrong(f'"{key}" is "{address}", which is no address ({error})', cure) from error
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        raise entry.wrong(f'"{key}" is "{address}", which is no http or https address', cure)
    return address


def _network(entry: Entry, home: str, entries: tuple[str, ...]) -> Network:
    entry.only("allow", "delay_seconds")
    allow = entry.texts("allow")
    for place in allow:
        if not _is_host_and_port(place):
            raise entry.wrong(f'"allow" names "{place}"', 'write host:port, for example "127.0.0.1:9100"')
    delay = entry.seconds("delay_seconds", Network().delay_seconds)
    if delay == 0:
        walked = [_host_and_port(address) for address in (home, *entries) if address]
        if not home or not all(_is_loopback(place) and place in allow for place in walked):
            raise entry.wrong(
                '"delay_seconds" is 0 and the portal is not a loopback host named in "allow"',
                "write at least 1, or name the loopback host:port in allow",
            )
        if not all(_is_loopback(place) for place in allow):
            raise entry.wrong('"delay_seconds" is 0 and "allow" names a host that is not loopback', "write at least 1")
    return Network(allow, delay)


def _is_host_and_port(place: str) -> bool:
    if place != place.strip() or any(mark in place for mark in "/?#@") or re.search(r"\s", place):
        return False
    try:
        parts = urlsplit(f"//{place}")
        return bool(parts.hostname) and parts.port is not None and parts.port > 0
    except ValueError:
        return False


def _host_and_port(address: str) -> str:
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{parts.port or _PORTS[parts.scheme]}"


def _is_loopback(place: str) -> bool:
    host = urlsplit(f"//{place}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
