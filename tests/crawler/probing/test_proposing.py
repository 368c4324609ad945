"""Findings become a file that reads back, says where each guess is from, and holds no more than was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.district import District, OrganKind
from catalog.reading_district import read_district
from crawler.page.page import Page, PageLink
from crawler.probing.findings import Doubt, Findings, Keeper, RobotsSeen
from crawler.probing.identity import Said, Settled
from crawler.probing.listed import Listed
from crawler.probing.naming import UnitName
from crawler.probing.proposing import Setting, district_id, propose
from crawler.probing.roster import Candidate, Heard
from ledger.reason import Reason

NOW = datetime(2021, 11, 30, tzinfo=UTC)
HOME = "https://www.wz.gov.cn/"
INDEX = Page(f"{HOME}bm/", "s", NOW)
SETTING = Setting(HOME, (), "2021-11-30")
SEEN = Findings(HOME, shown=True, place=Said("万州区", "SiteName", HOME))


def candidate(name: str, heard: Heard = Heard.CONFIRMED, url: str = f"{HOME}bm/cz/", **facts: str) -> Candidate:
    unit = UnitName(facts.get("shown", name), "财政局", OrganKind.DEPARTMENT)
    listed = Listed(unit, PageLink(facts.get("label", name), url), INDEX, "索引页“部门”", 1)
    return Candidate(name, OrganKind.DEPARTMENT, (listed,), heard=heard, said=facts.get("said", ""), final_url=url)


def read(tmp_path: Path, findings: Findings, setting: Setting = SETTING) -> tuple[District, str]:
    text = propose(findings, setting)
    file = tmp_path / "proposed.toml"
    file.write_text(text, encoding="utf-8")
    return read_district(file), text


def test_confirmed_unit_has_its_page_and_its_source(tmp_path: Path) -> None:
    known = candidate("万州区财政局", shown="区财政局", label="区财政局", said="页面标题“万州区财政局”")
    district, text = read(tmp_path, replace(SEEN, candidates=(known,)))
    assert (district.name, district.home, district.directories) == ("万州区", HOME, ("national_base",))
    organ = district.organs[-1]
    assert (organ.name, organ.short, organ.kind, organ.entry) == (
        "万州区财政局",
        "区财政局",
        OrganKind.DEPARTMENT,
        f"{HOME}bm/cz/",
    )
    assert "索引页“部门”列为“区财政局”" in text
    assert "页面标题“万州区财政局”" in text


@pytest.mark.parametrize("heard", [one for one in Heard if one is not Heard.CONFIRMED])
def test_page_that_was_not_confirmed_is_no_entry(tmp_path: Path, heard: Heard) -> None:
    district, text = read(tmp_path, replace(SEEN, candidates=(candidate("万州区财政局", heard),)))
    assert district.organs[-1].entry == ""
    assert f"{HOME}bm/cz/" in text


def test_government_is_always_there(tmp_path: Path) -> None:
    district, _ = read(tmp_path, SEEN)
    assert [(one.name, one.kind) for one in district.organs] == [("万州区人民政府", OrganKind.GOVERNMENT)]
    assert not district.organs[0].implied


def test_bureau_s_own_site(tmp_path: Path) -> None:
    keeper = Keeper("沈阳市房产局", OrganKind.DEPARTMENT, Said("沈阳市房产局", "SiteName", HOME))
    district, _ = read(tmp_path, replace(SEEN, keeper=keeper, place=Said("沈阳市", "SiteName", HOME)))
    own = [one for one in district.organs if not one.implied]
    assert [(one.name, one.entry) for one in own] == [("沈阳市房产局", HOME)]


def test_loopback_is_allowed_without_delay_and_says_so(tmp_path: Path) -> None:
    home = "http://127.0.0.1:9001/"
    district, text = read(tmp_path, replace(SEEN, home=home), Setting(home, ("127.0.0.1:9002",), "2021-11-30"))
    assert set(district.network.allow) == {"127.0.0.1:9001", "127.0.0.1:9002"}
    assert district.network.delay_seconds == 0
    assert "回环" in text


def test_crawl_delay_is_kept_and_never_below_the_usual(tmp_path: Path) -> None:
    slow = RobotsSeen("https://www.wz.gov.cn:443", 10.0, 3)
    quick = RobotsSeen("https://www.wz.gov.cn:443", 0.5, 3)
    assert read(tmp_path, replace(SEEN, robots=(slow,)))[0].network.delay_seconds == 10
    assert read(tmp_path, replace(SEEN, robots=(quick,)))[0].network.delay_seconds == 2


def test_robots_that_forbid_are_said(tmp_path: Path) -> None:
    unreachable = RobotsSeen("https://a.gov.cn:443", reason=Reason.ROBOTS_UNREACHABLE)
    _, text = read(tmp_path, replace(SEEN, robots=(RobotsSeen("https://b.gov.cn:443", forbids_all=True), unreachable)))
    assert "https://b.gov.cn:443 不允许访问任何页面" in text
    assert Reason.ROBOTS_UNREACHABLE.chinese in text


def test_site_number_names_its_sources(tmp_path: Path) -> None:
    by = (Said("5001010001", "_jiucuo_", HOME), Said("5001010001", "SiteIDCode", HOME))
    against = (Said("5001010002", "网站标识码", HOME),)
    _, text = read(tmp_path, replace(SEEN, code=Settled("5001010001", by, against)))
    assert "5001010001（_jiucuo_、SiteIDCode 2 处一致" in text
    assert "另有不同的网站标识码：5001010002" in text


def test_hostile_page_ends_as_text_alone(tmp_path: Path) -> None:
    evil = '黑"\n[[organ]]\nname = "甲\x00\u202e\u2028'
    said = candidate(f"万州区{evil}局", label=evil, said=evil, url=f"{HOME}bm/%22%0a/")
    doubts = (Doubt(evil, evil, evil),)
    district, _ = read(tmp_path, replace(SEEN, name=Said(evil, evil, evil), candidates=(said,), doubts=doubts))
    assert len(district.organs) == 2


def test_names_with_blanks_get_an_id_without(tmp_path: Path) -> None:
    district, _ = read(tmp_path, replace(SEEN, candidates=(candidate("万州区 财政/局"),)))
    assert district.organs[-1].id == "organ_1"


@pytest.mark.parametrize(
    ("home", "made"),
    [
        ("https://www.wz.gov.cn/", "wz"),
        ("https://fcj.shenyang.gov.cn/zwgk/", "shenyang_fcj"),
        ("http://127.0.0.1:9001/", "portal_9001"),
        ("http://www.gzdzhrss.com/index.html", "gzdzhrss"),
        ("http://xn--fiqs8s.example/", "xn--fiqs8s_example"),
        ("javascript:x", "portal"),
    ],
)
def test_id_is_made_of_the_host(home: str, made: str) -> None:
    assert district_id(home) == made
