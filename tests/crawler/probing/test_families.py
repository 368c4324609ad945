"""Families by marks in the page and shapes of addresses; a single address proves nothing."""

from __future__ import annotations

import pytest

from crawler.probing.families import Traces

URL = "http://www.example.gov.cn/gk/"
SEEN = {
    "trs": ('<script>createPageHTML(89,1,"index","shtml")</script>', ["/gk/202108/t20210825_9618149.html"]),
    "hanweb": ("<datastore><recordset></recordset></datastore>", ["/art/2021/8/2/art_1_2.html", "/col/col12/"]),
    "ucap": ("<UCAPTITLE>题</UCAPTITLE>", [f"/c100001/202108/{'0a' * 16}.shtml"]),
    "boda": ('<div id="vsb_content">', ["/info/1473/43897.htm"]),
    "gkmlpt": ("window._CONFIG = {NFCMS_SITE_ID: 1}", ["/gkmlpt/index"]),
    "lonsun": ("", ["/public/column/31?type=4", "/OpennessContent/show/1.html", "/public/column/32?type=4"]),
    "national_template": ('<dl class="dl_nav"><div class="zfxxgk_zdgkc">', []),
}


@pytest.mark.parametrize("name", SEEN)
def test_family_of_a_page(name: str) -> None:
    source, addresses = SEEN[name]
    traces = Traces()
    traces.read(URL, source, (), [f"http://www.example.gov.cn{one}" for one in addresses])
    best = traces.recognised()[0]
    assert best.family.name == name
    assert all(mark.page == URL for mark in best.marks)


def test_one_address_alone_is_no_mark() -> None:
    traces = Traces()
    traces.read(URL, "", (), ["http://www.example.gov.cn/info/1/2.htm"])
    assert traces.recognised() == ()


def test_heaviest_family_comes_first() -> None:
    traces = Traces()
    traces.read(URL, "TRS_Editor createPageHTML(", ("trs",), [])
    traces.read(f"{URL}b", "epoint", (), [])
    assert [one.family.name for one in traces.recognised()] == ["trs", "epoint"]
