"""The demonstration portal (演示门户): a fictional district portal made from a seed, and the truth beside it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Collection, Iterable
from copy import deepcopy
from datetime import date
from pathlib import Path

from catalog.catalogue import load_catalogue
from catalog.obligation import Obligation
from catalog.obliging import obligations
from portals.branches import Folders, Grove, Place, grow, steps_of
from portals.columns import Column, Shape
from portals.counting import full_crawl, least_requests
from portals.expecting import truths
from portals.families.family import Family
from portals.families.programs import programs
from portals.filling import Asked, contact_paragraphs, fill, link_policies, names_of, sub_columns
from portals.mixing import plant_mixed
from portals.planting import plant
from portals.printing import print_site
from portals.publishing import Answer, Portal
from portals.rendering import Press, bare
from portals.repairing import repair
from portals.roster import PLACE, Roster, roster
from portals.scenery import (
    Pages,
    add_scenery,
    front_page,
    home_page,
    offsite_page,
    portal_scenery,
    refused_site,
)

AS_OF = date(2021, 11, 30)
HOSTS = 3
"""The portal, a department's own host that refuses, a platform outside."""
_EXTRA = Path(__file__).parent / "demo_yunchuan.toml"


def owed(known: Roster, as_of: date) -> tuple[Obligation, ...]:
    """Every obligation of the demonstration district."""
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder)
        (beside / _EXTRA.name).write_text(_EXTRA.read_text(encoding="utf-8"), encoding="utf-8")
        catalogue = load_catalogue(beside)
    return obligations(catalogue, known.district((_EXTRA.stem,)), as_of)


def build(
    seed: int = 46,
    departments: int = 14,
    towns: int = 7,
    *,
    news: int = 24,
    rows: int = 8,
    family: Family | None = None,
    browser: bool = False,
    repaired: Collection[str] = (),
) -> Portal:
    """The whole portal, the same for the same arguments.

    Args:
        departments: 1 to 19, the government's office among them.
        towns: 0 to 8 towns and subdistricts.
        news: articles in each news column of the portal.
        rows: articles in an ordinary column.
        family: the software it is printed by; None for the demonstration's own.
        browser: whether the night that the truth is of has a browser.
        repaired: obligations whose fault was mended since: the same portal on a later day.
    """
    family = family or Family()
    rng = random.Random(seed)
    known = roster(departments, towns)
    duties = owed(known, AS_OF)
    folders = Folders(rng)
    grove = grow(duties, known, folders)
    _habits(rng, grove)
    asked = asked_of(duties, grove)
    add_scenery(rng, grove, folders, AS_OF, news)
    _publish(rng, grove, asked, folders, rows)
    family.habits(rng, grove)
    healthy = deepcopy(grove) if repaired else grove
    (plant_mixed if family.mixed else plant)(rng, grove, duties, AS_OF, folders)
    repair(grove, healthy, duties, repaired)
    family.address(rng, grove)
    press = Press(grove.sites["portal"], AS_OF, family)
    pages = _print(press, grove)
    return Portal(
        seed=seed,
        as_of=AS_OF,
        roster=known,
        hosts=HOSTS,
        pages=pages,
        strays=_strays(grove, pages, family),
        truth=truths(duties, grove, AS_OF, browser=browser, scripted=family.scripted),
        least_requests=least_requests(duties, grove),
        full_crawl_pages=full_crawl(pages),
        extra_directories={_EXTRA.name: _EXTRA.read_text(encoding="utf-8")},
        services=family.services(press, grove, pages),
    )


def asked_of(duties: Iterable[Obligation], grove: Grove) -> dict[Place, Asked]:
    """What all obligations together ask of each column, by its first place."""
    found: dict[Column, tuple[Place, list[Obligation]]] = {}
    for duty in duties:
        if duty.path is None:
            continue
        place = (duty.roots[0], steps_of(duty))
        column = grove.places.get(place)
        if column is not None:
            found.setdefault(column, (place, []))[1].append(duty)
    return {
        place: Asked(
            tuple(one for duty in some for one in duty.requirement.expectations),
            tuple(due for duty in some for due in duty.requirement.due),
        )
        for place, some in found.values()
    }


def _habits(rng: random.Random, grove: Grove) -> None:
    """Each site gets the habits of its template."""
    words = ("您当前的位置：", "当前位置：", "您的位置:", "您现在所在的位置:", "位置>")
    separators = ("&gt;", "&gt;&gt;", "&raquo;", "&nbsp;/&nbsp;", "＞")
    towns = 0
    for number, site in enumerate(grove.sites.values()):
        site.crumb_words, site.crumb_sep = words[number % 5], separators[number % 5]
        site.tagged = number % 6 != 5
        site.crumb_gaps = ("法定主动公开内容",) if number % 4 in (0, 3) else ()
        for column in site.trunk.below():
            column.row_style = rng.choice(("plain", "bracketed", "titled", "split"))
            column.date_style = (
                "dashes"
                if column.row_style == "split"
                else rng.choice(("dashes", "dashes", "dots", "slashes", "chinese", "time"))
            )
        if site.root == "portal":
            continue
        site.menu_style = ("nested", "nested", "listed")[number % 3]
        site.menu_depth = 1 if number % 4 == 2 else 3
        site.word_paste = number % 5 == 3
        site.portal_nav = number % 7 == 4
        if site.seat.organ.kind in ("town", "subdistrict"):
            towns += 1
            site.charset = "gb2312" if towns % 3 == 2 else "utf-8"
            site.base_href = site.front if towns % 4 == 3 else ""


def _publish(rng: random.Random, grove: Grove, asked: dict[Place, Asked], folders: Folders, rows: int) -> None:
    for place, wanted in asked.items():
        site, column = grove.sites[place[0]], grove.places[place]
        for expectation in wanted.of("column.subcolumns_present"):
            sub_columns(column, names_of(expectation.options.get("names")), folders)
        if column.children:
            column.shape = Shape.BLOCKS if column.label != "政府信息公开" else Shape.MENU
        elif column.label in ("联系我们", "政府信息公开指南"):
            _single(rng, grove, place, wanted)
        else:
            fill(rng, site, column, wanted, AS_OF, rng.randrange(max(2, rows - 4), rows + 4))
    for place, wanted in asked.items():
        if wanted.of("interpretation.linked_both_ways"):
            link_policies(rng, grove.sites[place[0]], grove.places[place])
    for site in grove.sites.values():
        for column in site.trunk.below():
            if (
                column.is_leaf
                and not column.articles
                and column is not site.trunk
                and column.folder not in ("/bm/", "/zj/")
            ):
                fill(rng, site, column, Asked((), ()), AS_OF, rng.randrange(2, 6))


def _single(rng: random.Random, grove: Grove, place: Place, wanted: Asked) -> None:
    """A column that is one article."""
    site, column = grove.sites[place[0]], grove.places[place]
    column.shape = Shape.ARTICLE
    fill(rng, site, column, Asked((), ()), AS_OF, 1)
    column.articles[0].paragraphs = contact_paragraphs(rng, site)


def _strays(grove: Grove, pages: Pages, family: Family) -> tuple[tuple[str, Answer], ...]:
    """Most of the portal says 404 honestly; towns say it with 200, and one department serves the home page instead."""
    if family.mixed:
        answers = {"honest": bare("not_found.html", 404), "says_gone": bare("not_found.html"), "home": pages[0, "/"]}
        # a program that gives out files has a page of its own for one it does not have, and says so by its status
        program = ("/system/", bare("not_found.html", 404))
        return (program, ("", family.stray(grove.sites["portal"].unknown, answers)))
    departments = [site for site in grove.sites.values() if site.front.startswith("/bm/") and not site.host]
    return (
        (departments[min(3, len(departments) - 1)].front, pages[0, "/"]),
        ("/zj/", bare("not_found.html")),
        ("", bare("not_found.html", 404)),
    )


def _print(press: Press, grove: Grove) -> Pages:
    home = home_page(press, grove)
    pages: Pages = {(2, "/"): offsite_page("渝快办")}
    for site in grove.sites.values():
        if site.host:
            pages.update(refused_site(press, site))
            continue
        pages.update(print_site(press, site, home))
        if site.root != "portal":
            pages.update(front_page(press, site))
    for site in grove.sites.values():
        for column in site.trunk.below():
            if column.door.value == "offsite":
                pages[2, column.folder] = offsite_page(f"{PLACE}{column.spelling}")
    pages.update(portal_scenery(press, grove, home))
    if not press.family.mixed:
        return pages
    pages = press.family.finish(press, grove, pages)
    return {**programs(pages), **pages}
