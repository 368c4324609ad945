"""Where an address leads, and whether it is the district's."""

from __future__ import annotations

import pytest

from catalog.district import District, Network, Organ, OrganKind
from crawler.fetching.scope import Location, Scope, locate, registrable_domain, scope_of


def place(url: str) -> Location:
    location = locate(url)
    assert location is not None
    return location


@pytest.mark.parametrize(
    ("url", "href", "host", "port"),
    [
        ("http://www.wz.gov.cn", "http://www.wz.gov.cn/", "www.wz.gov.cn", 80),
        ("HTTPS://WWW.WZ.GOV.CN:443/a#b", "https://www.wz.gov.cn/a", "www.wz.gov.cn", 443),
        ("http://政务.cn/公开?页=1", "http://xn--zfr164b.cn/%E5%85%AC%E5%BC%80?%E9%A1%B5=1", "xn--zfr164b.cn", 80),
        ("http://user:word@a.cn/", "http://a.cn/", "a.cn", 80),
        ("http://www.wz.gov.cn@evil.example/", "http://evil.example/", "evil.example", 80),
        ("http://a.cn\\@evil.example/", "http://a.cn/@evil.example/", "a.cn", 80),
        ("http://a.cn/x|y z", "http://a.cn/x|y%20z", "a.cn", 80),
        ("http://[2400:3200::1]:81/", "http://[2400:3200::1]:81/", "2400:3200::1", 81),
    ],
)
def test_addresses_are_read_as_a_browser_reads_them(url: str, href: str, host: str, port: int) -> None:
    location = place(url)
    assert (location.href, location.host, location.port) == (href, host, port)


@pytest.mark.parametrize("url", ["mailto:a@b.cn", "javascript:void(0)", "file:///etc/passwd", "", "http://", "//a.cn/"])
def test_other_addresses_lead_nowhere(url: str) -> None:
    assert locate(url) is None


def test_a_relative_address_is_read_from_its_base() -> None:
    location = locate("../b.html", "http://a.cn/x/y/z.html")
    assert location is not None
    assert location.href == "http://a.cn/x/b.html"


def test_registrable_domains() -> None:
    names = ("www.wz.gov.cn", "czj.wz.gov.cn", "www.gov.cn", "127.0.0.1", "localhost")
    assert [registrable_domain(name) for name in names] == ["wz.gov.cn", "wz.gov.cn", "www.gov.cn", "", ""]


def organ(entry: str) -> Organ:
    return Organ("finance", "某区财政局", OrganKind.DEPARTMENT, entry=entry)


def scope(home: str, *entries: str, allow: tuple[str, ...] = ()) -> Scope:
    organs = tuple(organ(entry) for entry in entries)
    return scope_of(District("d", "某区", home, (), organs, network=Network(allow)))


@pytest.mark.parametrize(
    ("url", "held"),
    [
        ("https://www.wz.gov.cn/x", True),
        ("http://czj.wz.gov.cn:8080/", True),
        ("http://wz.gov.cn/", True),
        ("http://evilwz.gov.cn/", False),
        ("http://www.cq.gov.cn/", False),
        ("http://czj.example.com/", True),
        ("https://czj.example.com/", True),
        ("http://www.example.com/", False),
        ("http://127.0.0.1:9100/", True),
        ("http://127.0.0.1:9101/", False),
    ],
)
def test_scope_of_a_district(url: str, held: bool) -> None:
    held_by = scope("http://www.wz.gov.cn/", "http://czj.example.com/zwgk/", allow=("127.0.0.1:9100",))
    assert held_by.holds(place(url)) is held


def test_an_ip_address_has_no_domain() -> None:
    of_home = scope("http://127.0.0.1:9100/")
    assert of_home.holds(place("http://127.0.0.1:9100/a"))
    assert not of_home.holds(place("http://127.0.0.1:9200/"))
    assert not of_home.holds(place("http://1.127.0.0.1.example/"))


def test_a_district_without_a_home_has_its_entries() -> None:
    assert scope("", "https://fcj.shenyang.gov.cn/zwgkzdgz/").holds(place("https://fcj.shenyang.gov.cn/zwgkzdgz/a/"))
