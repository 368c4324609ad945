"""The index page: what no recording proves first, every duty with its proof, one file, no private number."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser

from ledger.picture import Picture, PictureKind
from ledger.standing import Standing
from night_source import records_of
from reports.pack.contents.index_page import index_member
from reports.pack.contents.readme import readme_member
from reports.pack.member import Member
from reports.pack.source import NightSource, Withheld


class _Page(HTMLParser):
    """Tags with attributes, and the text, of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_of(source: NightSource, members: tuple[Member, ...] = ()) -> str:
    records = records_of(list(source.snapshots), tuple(source.withheld))
    return index_member(source, members, records).body.decode("utf-8")


def test_each_obligation_is_one_details_element_in_exactly_one_group(judged: NightSource) -> None:
    duties = [attrs for tag, attrs in _Page(page_of(judged)).tags if tag == "details" and "data-group" in attrs]
    assert len(duties) == len(judged.view.lines)
    assert len({attrs["id"] for attrs in duties}) == len(duties)
    standings = sorted(attrs["data-standing"] for attrs in duties)
    assert standings == sorted(str(line.standing.standing) for line in judged.view.lines)


def test_what_is_not_recorded_stands_before_everything_else(judged: NightSource) -> None:
    page = page_of(replace(judged, not_recorded=("响应头的先后次序没有记录。",)))
    assert 0 < page.index("响应头的先后次序没有记录。") < page.index("核验基准日") < page.index('class="duty')


def test_the_proof_of_a_gap_shows_all_that_it_rests_on(judged: NightSource) -> None:
    line = next(one for one in judged.view.lines if one.is_gap and one.column and one.column.failed_step is not None)
    assert line.gap is not None
    shot = Picture(line.obligation.id, PictureKind.CARD, "e" * 64 + ".png", line.standing.evidence, 0)
    page = page_of(replace(judged, pictures=(shot,)))
    begin = page.index(f'id="{line.gap.id}"')
    proof = page[begin : page.index("</details>", begin)]
    records = records_of(list(judged.snapshots))
    first = line.standing.evidence[0]
    assert line.standing.seen_at is not None
    for said in (
        '<li class="failed">',
        line.obligation.requirement.quote,
        line.obligation.citations[0],
        line.standing.url,
        line.standing.seen_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        "（北京时间 +08:00）",
        first,
        records[first].digest,
        f"archive/evidence.warc.gz 第 {records[first].offset} 字节起",
        f'src="pictures/{shot.file}"',
        "问题台账",
    ):
        assert said in proof


def test_the_policy_of_the_page_allows_its_one_script_and_style_and_no_network(judged: NightSource) -> None:
    page = page_of(judged)
    parsed = _Page(page)
    policy = next(a["content"] for t, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy")
    for tag in ("script", "style"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src 'self' file:;")
    loaded = [a.get("src", "") + (a.get("href", "") if t == "link" else "") for t, a in parsed.tags if t != "a"]
    assert [one for one in loaded if one and not one.startswith("pictures/")] == []
    assert [attrs for _, attrs in parsed.tags if any(name.startswith("on") or name == "style" for name in attrs)] == []
    away = [a for t, a in parsed.tags if t == "a" and a["href"].startswith("http")]
    assert away
    assert all(a["rel"] == "noopener noreferrer" for a in away)


def test_private_numbers_are_starred_wherever_they_were_quoted(judged: NightSource) -> None:
    number = "11010519491231002X"
    first = judged.view.lines[0]
    told = replace(first, standing=replace(first.standing, detail=f"列有“张三 {number}”"))
    page = page_of(replace(judged, view=replace(judged.view, lines=(told, *judged.view.lines[1:]))))
    assert number not in page
    assert "11*************02X" in page or "11*************" in page


def test_the_withheld_are_named_with_reason_and_place_and_not_linked_to_the_archive(judged: NightSource) -> None:
    line = next(one for one in judged.view.lines if one.standing.standing is Standing.PUBLISHED)
    shot = next(one for one in judged.snapshots if one.id == line.standing.evidence[0])
    kept = Withheld(shot.id, shot.target_uri, shot.payload_digest, "涉个人信息，留存备查", ("第 3 张表第 2 行",))
    source = replace(judged, withheld=(kept,))
    page = page_of(source)
    assert page.count("第 3 张表第 2 行") == 1
    assert ">涉个人信息，留存备查</td>" in page
    readme = readme_member(source, "ab" * 32).body.decode("utf-8-sig")
    for said in ("涉个人信息，留存备查", "第 3 张表第 2 行", shot.payload_digest, "ab" * 32, "整个批次"):
        assert said in readme
    assert "\r\n" in readme
    assert "\n\n" not in readme


def test_the_same_night_gives_the_same_page(judged: NightSource) -> None:
    assert page_of(judged) == page_of(judged)


def test_other_files_of_the_pack_are_listed_but_not_hundreds_of_pictures(judged: NightSource) -> None:
    page = page_of(judged, (Member("reports/总览.html", b""), Member("pictures/a.png", b""), Member("VERIFY.md", b"")))
    assert 'href="reports/%E6%80%BB%E8%A7%88.html"' in page
    assert "pictures/a.png" not in page
