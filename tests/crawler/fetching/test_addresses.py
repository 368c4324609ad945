"""Which addresses may be connected to."""

from __future__ import annotations

import pytest

from crawler.fetching.addresses import Gate, is_global, is_loopback
from crawler.fetching.scope import locate


@pytest.mark.parametrize("address", ["8.8.8.8", "202.96.128.86", "2400:3200::1", "2606:4700::1111"])
def test_public_addresses_are_admitted(address: str) -> None:
    assert is_global(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "not an address",
        "",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    assert not is_global(address)


def test_a_pair_that_the_file_allows_is_admitted_and_no_other_port() -> None:
    gate = Gate(frozenset({"127.0.0.1:9100"}))
    assert gate.admits("127.0.0.1:9100", "127.0.0.1")
    assert not gate.admits("127.0.0.1:9101", "127.0.0.1")
    assert not gate.admits("www.example.cn:9100", "127.0.0.1")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://127.0.0.1./",
        "http://１２７.0.0.1/",
    ],
)
def test_every_spelling_of_a_local_address_is_refused(url: str) -> None:
    location = locate(url)
    assert location is not None
    assert not Gate(frozenset()).admits_literal(location)


def test_a_name_is_decided_on_when_it_is_resolved() -> None:
    location = locate("http://www.wz.gov.cn/")
    assert location is not None
    assert Gate(frozenset()).admits_literal(location)


def test_loopback_hosts_are_told() -> None:
    assert [is_loopback(host) for host in ("localhost", "127.0.0.8", "::1", "10.0.0.1", "a.cn")] == [
        True,
        True,
        True,
        False,
        False,
    ]
