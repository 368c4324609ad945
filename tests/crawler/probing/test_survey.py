"""A whole probe over a portal written as text: what it asks for, what it makes of it, and what it leaves open."""

from __future__ import annotations

from probed_site import HOME, links, page, probe

from catalog.district import OrganKind
from crawler.probing.findings import Findings
from crawler.probing.roster import Heard
from ledger.reason import Reason

FOOT = "主办：万州区人民政府办公室 网站标识码：5001010001 <a href='/map/'>网站地图</a>"
NAV = links(("首页", "/"), ("新闻中心", "/xw/"), ("政府信息公开", "/gk/"), ("办事服务", "/bs/"), ("部门镇街", "/bm/"))
COLUMNS = (("政府信息公开指南", "/gk/zn/"), ("政府信息公开制度", "/gk/zd/"), ("法定主动公开内容", "/gk/fd/"))


def unit_page(name: str, *parts: str) -> str:
    return page(f"{name}-万州区人民政府", NAV, f"<h2>{name}</h2>", *parts, foot=FOOT)


def portal(**changed: str) -> dict[str, str]:
    listed = (("区财政局", "/bm/cz/"), ("万州区教育委员会", "/bm/jw/"), ("区民政局", "/bm/mz/"), ("高峰镇", "/zj/gf/"))
    pages = {
        "/": page("万州区人民政府", NAV, links(("区召开会议", "/xw/1.html")), site="万州区人民政府", foot=FOOT),
        "/bm/": page("部门镇街", NAV, "<h3>名单</h3>", links(*listed), foot=FOOT),
        "/gk/": page("政府信息公开", NAV, links(*COLUMNS, tag="ol"), foot=FOOT),
        "/bm/cz/": unit_page("万州区财政局", links(*COLUMNS)),
        "/bm/jw/": unit_page("万州区教育委员会", links(*COLUMNS)),
        "/bm/mz/": unit_page("万州区财政局", links(*COLUMNS)),
        "/map/": page("网站地图", NAV, links(*COLUMNS)),
    }
    pages |= {url: page(label, NAV, f"<h1>{label}</h1><p>正文</p>") for label, url in COLUMNS}
    return pages | {f"/{path.replace('_', '/')}/" if path else "/": body for path, body in changed.items()}


def heard(findings: Findings) -> dict[str, Heard]:
    return {one.name: one.heard for one in findings.candidates}


def test_portal_and_its_units() -> None:
    findings = probe(portal())
    assert findings.place is not None
    assert findings.place.what == "万州区"
    assert findings.code.what == "5001010001"
    assert findings.keeper is None
    assert heard(findings) == {
        "万州区财政局": Heard.CONFIRMED,
        "万州区教育委员会": Heard.CONFIRMED,
        "万州区民政局": Heard.ANOTHER,
        "万州区高峰镇人民政府": Heard.REFUSED,
    }
    assert [one.kind for one in findings.candidates][-1] is OrganKind.TOWN


def test_mandated_paths_are_followed_from_home_and_from_one_unit() -> None:
    findings = probe(portal(), directories=("national_base",))
    led = {(one.root, one.steps[-1]): one.url for one in findings.traced}
    assert led["portal", "政府信息公开指南"] == f"{HOME}gk/zn/"
    assert led["organ:万州区财政局", "政府信息公开指南"] == f"{HOME}gk/zn/"
    assert led["organ:万州区财政局", "收费项目"] == ""


def test_requests_are_bounded_and_what_was_not_seen_is_said() -> None:
    findings = probe(portal(), requests=26)
    assert findings.request_count <= 26
    assert set(heard(findings).values()) == {Heard.CONFIRMED, Heard.UNOPENED}
    few = probe(portal(), requests=5)
    assert few.request_count <= 5
    assert any(one.reason is Reason.BUDGET for one in few.traced)


def test_home_page_that_does_not_show() -> None:
    findings = probe({})
    assert not findings.shown
    assert findings.refused is Reason.HTTP_4XX


def test_page_shared_by_units_is_nobody_s_own() -> None:
    everybody = unit_page("万州区各部门", "<h3>万州区财政局 万州区教育委员会</h3>")
    listed = links(("万州区财政局", "/bm/a/"), ("万州区教育委员会", "/bm/a/"), ("万州区民政局", "/bm/mz/"))
    site = portal(bm=page("部门镇街", NAV, listed), bm_a=everybody)
    assert Heard.CONFIRMED not in {heard(probe(site))[one] for one in ("万州区财政局", "万州区教育委员会")}


def test_bureau_s_own_site_is_one_organ() -> None:
    friends = links(("市教育局", "/jy/"), ("市财政局", "/cz/"), ("市民政局", "/mz/"), ("市司法局", "/sf/"))
    home = page("首页-山阳市房产局", links(*COLUMNS), friends, site="山阳市房产局", foot="网站标识码：2101000045")
    findings = probe({"/": home} | {url: page(label) for label, url in COLUMNS})
    assert findings.keeper is not None
    assert (findings.keeper.name, findings.keeper.kind) == ("山阳市房产局", OrganKind.DEPARTMENT)
    assert findings.candidates == ()
    assert {one.steps[-1]: one.url for one in findings.traced}["政府信息公开指南"] == f"{HOME}gk/zn/"


def test_units_behind_two_levels_and_letters() -> None:
    hub = page("部门镇街", NAV, "<div><a href='/bm/q/'>区政府部门</a><a href='/zj/q/'>镇乡街道</a></div>")
    first = page("区政府部门", NAV, links(("A-M", "/bm/q/"), ("N-Z", "/bm/q2/")), links(("区财政局", "/bm/cz/")))
    second = page("区政府部门", NAV, links(("A-M", "/bm/q/")), links(("区教委", "/bm/jw/")))
    towns = page("镇乡街道", NAV, links(("高峰镇", "/zj/gf/"), ("龙都街道", "/zj/ld/")))
    site = portal(bm=hub, bm_q=first, bm_q2=second, zj_q=towns)
    names = ["万州区财政局", "万州区教育委员会", "万州区高峰镇人民政府", "万州区龙都街道办事处"]
    assert sorted(heard(probe(site))) == sorted(names)


def test_same_answers_give_the_same_findings() -> None:
    assert probe(portal()) == probe(portal())
