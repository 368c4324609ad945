"""What a healthy column holds: articles that meet every expectation that a directory has of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.requirement import Due, DueKind, Expectation
from portals import filebytes
from portals.branches import Folders, Site, child_of
from portals.columns import Article, Column, File, Shape
from portals.tables import elements_grid, sector_grid
from portals.wording import PLACE, paragraphs, telephone, titles

SECTORS_LEFT_OUT = ("供电供气", "生态环境")


@dataclass(frozen=True, slots=True)
class Asked:
    """Asked (应载内容) of one column: expectations and deadlines of all obligations that meet there."""

    expectations: tuple[Expectation, ...]
    due: tuple[Due, ...]

    def of(self, check_id: str) -> tuple[Expectation, ...]:
        """Expectations of one check."""
        return tuple(one for one in self.expectations if one.check_id == check_id)


def words_of(option: object) -> tuple[str, ...]:
    """An option that is a list of words, as text."""
    return tuple(str(word) for word in option) if isinstance(option, (list, tuple)) else ()


def names_of(option: object) -> tuple[str, ...]:
    """Names of sub-columns as a portal prints them: the first of the spellings that "|" separates."""
    return tuple(name.split("|")[0] for name in words_of(option))


def groups_of(expectation: Expectation) -> tuple[tuple[str, ...], ...]:
    """Groups of words of a named document; one row with all words of one group suffices."""
    words = words_of(expectation.options.get("words"))
    any_of = words_of(expectation.options.get("any_of"))
    return tuple((*words, one) for one in any_of) or ((words,) if words else ())


def document_title(words: Sequence[str], place: str, label: str) -> str:
    """A title that holds every word."""
    if "十四五" in words:
        return {"专项规划": f"{place}“十四五”现代服务业发展规划"}.get(
            label, f"{place}国民经济和社会发展“十四五”规划和二〇三五年远景目标纲要"
        )
    years = [word for word in words if word[:4].isdigit()]
    others = [word for word in words if not word[:4].isdigit()]
    return f"{place}{'—'.join(years) + '年' if years else ''}{''.join(others)}"


def instance_title(words: Sequence[str], place: str, year: int) -> str:
    """Title of one year's document."""
    if "法治政府建设" in words:
        return f"{place}{year}年度法治政府建设情况报告"
    return f"{place}{year}年政府信息公开工作年度报告"


def attachment(rng: random.Random, name: str, kind: str = "") -> File:
    """A new attachment with bytes of its kind."""
    kind = kind or rng.choice(("pdf", "xls", "doc"))
    made = {
        "pdf": ("application/pdf", filebytes.pdf("Yunchuan 2021")),
        "xls": ("application/vnd.ms-excel", filebytes.xls()),
        "doc": ("application/msword", filebytes.doc()),
    }[kind]
    return File(f"{name}.{kind}", kind, made[0], made[1])


def picture(rng: random.Random) -> File:
    """A new image."""
    return File("", "png", "image/png", filebytes.png(480, 640, rng.randrange(120, 250), 120, 110))


def film() -> File:
    """A new video."""
    return File("", "mp4", "video/mp4", filebytes.mp4())


def article(rng: random.Random, site: Site, title: str, day: date) -> Article:
    """An ordinary article of a site."""
    made = Article(title, day, site.name, paragraphs(rng, title))
    made.tag_date = day if site.tagged else None
    return made


def newest_day(rng: random.Random, asked: Asked, as_of: date) -> date:
    """A date for the newest row, well inside every period asked for."""
    periods = [int(str(one.options.get("days", 365))) for one in asked.of("timely.updated_within")]
    periods += [due.days for due in asked.due if due.kind is DueKind.PERIOD and due.days]
    return as_of - timedelta(days=rng.randrange(2, max(4, min([60, *(days // 3 for days in periods)]))))


def fill(rng: random.Random, site: Site, column: Column, asked: Asked, as_of: date, count: int) -> None:
    """Give a column healthy content.

    Args:
        count: about how many articles.
    """
    day = newest_day(rng, asked, as_of)
    for title in titles(column.label, site.name if site.root != "portal" else PLACE, day.year, count):
        column.articles.append(article(rng, site, title, day))
        day -= timedelta(days=rng.randrange(6, 24))
    if asked.of("content.sector_listed"):
        _sectors(rng, site, column, asked, as_of)
        return
    _subject(rng, site, column, asked)
    _documents(rng, site, column, asked, as_of)
    _elements(rng, site, column, asked)
    _resources(rng, column, asked)


def _subject(rng: random.Random, site: Site, column: Column, asked: Asked) -> None:
    for expectation in asked.of("content.on_subject"):
        words = words_of(expectation.options.get("words"))
        for one in column.articles:
            if words and not any(word in one.title for word in words):
                one.title = (
                    f"{one.title.rstrip('）')}·{rng.choice(words)}）"
                    if one.title.endswith("）")
                    else (f"{one.title}（{words[0]}）")
                )


def _documents(rng: random.Random, site: Site, column: Column, asked: Asked, as_of: date) -> None:
    """Named documents and yearly instances, at days that meet the deadlines."""
    place = site.name if site.root != "portal" else PLACE
    dues = [due for due in asked.due if due.kind in (DueKind.ON, DueKind.YEARLY)]
    limit = min((last_day(due, as_of) for due in dues), default=as_of - timedelta(days=150))
    if asked.of("content.named_document"):
        column.rows_a_page = max(2, -(-(len(column.articles) + 1) // 3))
    for expectation in asked.of("content.named_document"):
        for words in groups_of(expectation)[:1]:
            if not any(all(word in one.title for word in words) for one in column.articles):
                day = limit - timedelta(days=rng.randrange(5, 30))
                column.articles.append(article(rng, site, document_title(words, place, column.label), day))
    for expectation in asked.of("content.annual_instance"):
        year = as_of.year - int(str(expectation.options.get("years_back", 1)))
        words = words_of(expectation.options.get("words"))
        column.articles = []
        for back in range(3):
            title = instance_title(words, place, year - back)
            day = limit.replace(year=limit.year - back) - timedelta(days=rng.randrange(2, 20))
            column.articles.append(article(rng, site, title, day))
    if asked.of("timely.published_by") and column.articles and not asked.of("content.annual_instance"):
        oldest = min(column.articles, key=lambda one: one.published_on)
        oldest.published_on = limit - timedelta(days=rng.randrange(5, 30))
        oldest.tag_date = oldest.published_on if oldest.tag_date else None


def last_day(due: Due, as_of: date) -> date:
    """The day by which a dated duty is to be met, the latest one not after ``as_of``."""
    if due.on is not None:
        return due.on
    month, day = (int(part) for part in due.month_day.split("-"))
    candidate = date(as_of.year, month, day)
    return candidate if candidate <= as_of else date(as_of.year - 1, month, day)


def _sectors(rng: random.Random, site: Site, column: Column, asked: Asked, as_of: date) -> None:
    """One page with a table a sector; two sectors are left out."""
    made = article(rng, site, f"{PLACE}公共企事业单位信息公开一览表", as_of - timedelta(days=33))
    made.paragraphs = ["现将有关单位的基本信息汇总公布如下。"]
    names: tuple[str, str] = ("", "")
    for expectation in asked.expectations:
        if expectation.check_id == "content.sector_listed":
            names = str(expectation.options.get("sector")), words_of(expectation.options.get("words"))[0]
        if expectation.check_id == "content.elements_present" and names[0] not in SECTORS_LEFT_OUT:
            made.grids.append(sector_grid(rng, words_of(expectation.options.get("elements")), names[1]))
    column.articles, column.shape = [made], Shape.ARTICLE


def _elements(rng: random.Random, site: Site, column: Column, asked: Asked) -> None:
    newest = column.newest
    if newest is None:
        return
    for expectation in asked.of("content.elements_present"):
        newest.grids.append(elements_grid(rng, words_of(expectation.options.get("elements"))))
    if asked.of("content.telephone_present"):
        newest.paragraphs = contact_paragraphs(rng, site)


def contact_paragraphs(rng: random.Random, site: Site) -> list[str]:
    """How an organ is reached."""
    return [
        f"单位名称：{site.name}",
        f"办公地址：{PLACE}滨江路{rng.randrange(1, 300)}号",
        "办公时间：工作日9:00-12:00，14:00-18:00",
        f"联系电话：{telephone(rng)}",
    ]


def _resources(rng: random.Random, column: Column, asked: Asked) -> None:
    newest = column.newest
    if newest is None or not asked.of("media.resources_answer"):
        return
    if column.label == "视频":
        newest.video = film()
    elif column.label == "图片":
        newest.images.append(picture(rng))
    else:
        newest.files.append(attachment(rng, newest.title[:20]))


def sub_columns(column: Column, names: Iterable[str], folders: Folders) -> None:
    """Make the sub-columns that an expectation names."""
    for name in names:
        child_of(column, name, folders).mandated = True
    column.shape = Shape.BLOCKS


def link_policies(rng: random.Random, site: Site, column: Column) -> None:
    """Give each interpretation its policy, linked there and back; policies stand among the site's notices."""
    home = next(one for one in site.trunk.below() if one.label in ("通知文件", "通知公告"))
    place = site.name if site.root != "portal" else PLACE
    for number, one in enumerate(column.sorted_articles(), start=1):
        title = f"{place}关于印发《政务服务便民举措（第{number}批）》的通知"
        policy = article(rng, site, title, one.published_on - timedelta(days=1))
        one.title = (
            f"《{title.removeprefix(place)[4:-4]}》政策解读" if column.label in ("政策解读", "文字") else one.title
        )
        one.related, policy.related = [("文件链接", policy)], [("政策解读", one)]
        home.articles.append(policy)
