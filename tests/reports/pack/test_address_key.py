"""Keys of addresses are what replay programs compute from the address that is asked for."""

from __future__ import annotations

import pytest

from reports.pack.address_key import address_key

KEYS = [
    ("http://www.sy.gov.cn/", "cn,gov,sy)/"),
    ("https://www2.sy.gov.cn:443/A/B/", "cn,gov,sy)/a/b"),
    ("http://127.0.0.1:9100/zwgk/?b=2&a=1", "1,0,0,127:9100)/zwgk?a=1&b=2"),
    ("http://a.example/x//y/./z/../index.html#top", "example,a)/x/y/index.html"),
    ("http://a.example/%E9%A2%84%E7%AE%97.html", "example,a)/%e9%a2%84%e7%ae%97.html"),
    ("http://a.example/预算.html", "example,a)/%e9%a2%84%e7%ae%97.html"),
    ("http://a.example/%2525", "example,a)/%25"),
    ("http://a.example/q?jsessionid=0123456789abcdef0123456789ABCDEF&x=1", "example,a)/q?x=1"),
    ("http://a.example/q?x", "example,a)/q?x"),
    ("http://a.example/q?x=", "example,a)/q?x="),
    ("http://政府.example/", "example,xn--mxtq1m)/"),
    ("http://user:secret@a.example/", "example,a)/"),
    ("http://a.example/a b?c d", "example,a)/a%20b?c%20d"),
    ("http://a.example/list?__wb_method=POST&col=1", "example,a)/list?__wb_method=post&col=1"),
    ("no address", "no address"),
]


@pytest.mark.parametrize(("url", "key"), KEYS)
def test_an_address_has_its_key(url: str, key: str) -> None:
    assert address_key(url) == key
