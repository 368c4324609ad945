"""Pages of columns and articles: every draft of a site becomes its answers."""

from __future__ import annotations

from collections.abc import Mapping

from portals.branches import Site
from portals.columns import Article, Column, Door, Shape
from portals.publishing import Address, Answer
from portals.refusing import delivery, refusal
from portals.rendering import Press, bare, block_of, file_answers, files_of, is_shown, shown_rows, tags_of

Pages = dict[Address, Answer]


def print_site(press: Press, site: Site, home: Answer) -> Pages:
    """All pages of a site's columns and articles; its front page is scenery's."""
    pages: Pages = {}
    for column in site.trunk.below():
        if column is site.trunk:
            continue
        pages.update(_doors(press, site, column, home))
        if is_shown(column):
            pages.update(_column_pages(press, site, column))
            for article in column.articles:
                if article.file is None:
                    pages[site.host, article.path] = _article(press, site, column, article, article.path)
                pages.update(file_answers(site, article))
    return pages


def _at(press: Press, site: Site, column: Column, answer: Answer) -> Pages:
    delivered = delivery(column.delivery, answer)
    return {(site.host, path): delivered for path in press.family.twins(column.folder)}


def _doors(press: Press, site: Site, column: Column, home: Answer) -> Pages:
    if column.door is Door.HOME:
        return _at(press, site, column, home)
    if column.door is Door.SAYS_GONE:
        return _at(press, site, column, bare("not_found.html"))
    if column.door is Door.REFUSED:
        return _at(press, site, column, refusal(column.refusal, _whole_page(press, site, column)))
    if column.door is Door.OPEN and column.shape is Shape.MENU and column.children:
        return _at(press, site, column, _lead_on(press, site, column))
    return {}


def _lead_on(press: Press, site: Site, column: Column) -> Answer:
    """The address of a column that only holds a menu: it leads on to its first child."""
    target = press.family.link(column.folder, column.entry.folder)
    template = "refresh.html" if column.label == "政府信息公开" else "redirect.html"
    return bare(template, charset=site.charset, folder=press.family.templates, target=target)


def _whole_page(press: Press, site: Site, column: Column) -> Answer:
    return _column_pages(press, site, column)[site.host, column.folder]


def _frame(press: Press, site: Site, column: Column, page: str) -> dict[str, object]:
    block = block_of(column)
    return {
        "crumbs": press.crumbs(site, page, column),
        "menu": press.menu(site, block, page, 3),
        "menu_heading": block.spelling,
        "heading": column.spelling if column.headed else "",
        "tags": tags_of(site, column, None),
        "page_title": f"{column.spelling}_{site.name}",
    }


def _column_pages(press: Press, site: Site, column: Column) -> Pages:
    if column.shape is Shape.ARTICLE and column.newest is not None:
        return _at(press, site, column, _article(press, site, column, column.newest, column.folder, single=True))
    if column.shape is Shape.BLOCKS:
        return _at(press, site, column, _blocks(press, site, column))
    pages: Pages = {}
    count = column.page_count()
    articles = column.sorted_articles()
    for index in range(count):
        page = press.family.page_path(column, index)
        some = articles[index * column.rows_a_page : (index + 1) * column.rows_a_page]
        frame = _frame(press, site, column, page)
        answer = press.page(
            site,
            "listing.html",
            page,
            **frame,
            rows=shown_rows(press, site, column, page, some),
            row_style="filled_by_script" if column.script_list else column.row_style,
            lead_table=column.grid,
            empty_words=column.empty_words,
            files=(),
            channel_id=abs(hash_of(column.folder)) % 100000,
            page_count=count,
            page_index=index,
            **press.family.listing_words(site, column, count, index),
        )
        if index == 0:
            pages.update(_at(press, site, column, answer))
        else:
            pages[site.host, page] = answer
    return pages


def hash_of(text: str) -> int:
    """A number from a text, the same in every run."""
    return sum((place + 1) * ord(letter) for place, letter in enumerate(text))


def _blocks(press: Press, site: Site, column: Column) -> Answer:
    page = column.folder
    blocks: list[Mapping[str, object]] = [
        {
            "label": child.spelling,
            "href": press.href(site, page, child),
            "rows": shown_rows(press, site, child, page, child.sorted_articles()[:5]),
        }
        for child in column.children
        if child.door is not Door.NOT_OFFERED and not child.children
    ]
    return press.page(site, "blocks.html", page, **_frame(press, site, column, page), blocks=blocks)


def _article(press: Press, site: Site, column: Column, article: Article, page: str, *, single: bool = False) -> Answer:
    frame = _frame(press, site, column, page)
    frame["tags"] = tags_of(site, column, article)
    frame["page_title"] = f"{article.title} - {site.name}"
    if not single:
        frame["menu"] = ()
    return press.page(
        site,
        "article.html",
        page,
        **frame,
        article=article,
        single=single,
        index_table=_index_table(article),
        editor_class="view TRS_UEDITOR trs_paper_default" if site.word_paste else "TRS_Editor",
        tables=article.grids,
        images=[press.link(site, page, site.host, one.path) for one in article.images],
        video=press.link(site, page, site.host, article.video.path) if article.video else "",
        related=[(label, one.title, press.link(site, page, site.host, one.path)) for label, one in article.related],
        files=files_of(press, site, page, article),
        **press.family.article_words(site, column, article),
    )


def _index_table(article: Article) -> dict[str, str] | None:
    """索引号 of every fourth article, as template-driven sites show it."""
    mark = hash_of(article.title)
    if mark % 4:
        return None
    return {
        "number": f"11500999MB{mark % 100000:05d}K/{article.published_on.year}-{hash_of(article.path) % 100000:05d}"
    }
