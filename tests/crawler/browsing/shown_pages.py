"""Pages that scripts make, and one crawl that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loopback_crawl import LinkWalk, district_of, look_in, open_ledger
from loopback_site import Reply, Site

from crawler.crawling import Budget, CrawlEnd, crawl_look, in_reactor
from ledger.exchange import ArchivedResponse
from ledger.work import Arrival, Visit, VisitKind, visit_key

SCRIPT = (("Content-Type", "text/javascript"),)
JSON = (("Content-Type", "application/json"),)
LOGIN = (
    "<html><title>统一身份认证登录</title><body><form action='/sso'><input name='user'>"
    "<input type='password' name='password'><button>登录</button></form></body></html>"
).encode()
"""What a service of a portal says to those it does not know."""


@dataclass(frozen=True)
class Night:
    """A crawl that was run: what arrived by path, what the archive holds of it, how it ended."""

    arrived: dict[str, Arrival]
    archived: dict[str, ArchivedResponse]
    wires: dict[str, ArchivedResponse]
    end: CrawlEnd

    def text(self, path: str) -> str:
        """The DOM of a page."""
        return self.arrived[path].body.decode()


@dataclass(frozen=True)
class Shown:
    """What one crawl showed of all pages, and what the servers saw of it."""

    site: Site
    stranger: Site
    night: Night


def visit_of(url: str) -> Visit:
    """A visit by browser."""
    return Visit(visit_key(url, VisitKind.RENDERED), url, VisitKind.RENDERED)


def show(folder: Path, site: Site, paths: Sequence[str], *, delay: float = 0.0) -> Night:
    """Show pages in one crawl; called again with the folder it resumes."""
    urls = {site.url(path): path for path in paths}
    night = show_addresses(folder, site.url(), site.pair, list(urls), delay=delay)
    return replace(
        night,
        arrived={path: night.arrived[url] for url, path in urls.items()},
        archived={path: night.archived[url] for url, path in urls.items() if url in night.archived},
        wires={path: night.wires[url] for url, path in urls.items() if url in night.wires},
    )


def show_addresses(folder: Path, home: str, pair: str, urls: Sequence[str], *, delay: float = 0.0) -> Night:
    """As ``show``, everything by address."""
    walk = LinkWalk([visit_of(url) for url in urls], follow=False)
    district = district_of(home, allow=(pair,), delay_seconds=delay)
    with open_ledger(folder) as ledger:
        look = look_in(ledger)

        async def main() -> CrawlEnd:
            budget = Budget(page_seconds=4)
            return await crawl_look(ledger, walk, district=district, look=look, browser=True, budget=budget)

        end = in_reactor(main)
        arrived = walk.by_url()
        archived = {url: ledger.read_snapshot(one.snapshot_id) for url, one in arrived.items() if one.snapshot_id}
        wires = {url: ledger.read_snapshot(one.renders) for url, one in archived.items() if one.renders}
    return Night(arrived, archived, wires, end)


def page(body: str, head: str = "") -> Reply:
    """A page as a portal sends it."""
    return Reply(f"<!DOCTYPE html><html><head><title>万州</title>{head}</head><body>{body}</body></html>".encode())


def script(program: str) -> Reply:
    """A script of its own file."""
    return Reply(program.encode(), headers=SCRIPT)


ROUTES = ("/routes#/column/7", "/routes#/column/12")


def pages(stranger: Site) -> dict[str, Reply | Callable[[int], Reply]]:
    """All pages by path; those without a dot are shown."""
    fill = "document.getElementById('app').innerHTML"
    gbk = '<html><head><meta charset="utf-8"></head><body>栏目<div id=app></div>'
    gbk += '<script src="/gbk.js"></script></body></html>'
    return {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /closed.js\n", headers=(("Content-Type", "text/plain"),)),
        "/menu": page(
            "<div id=app></div><script>fetch('/menu.json').then(a => a.json())"
            f".then(all => {{ {fill} = all.map(one => `<a href=\"/lm/${{one}}\">${{one}}</a>`).join('') }})</script>"
        ),
        "/menu.json": Reply('["预算","决算"]'.encode(), headers=JSON),
        "/late": page(
            "<ul id=app></ul><script>setTimeout(() => { const ask = new XMLHttpRequest();"
            "ask.open('POST', '/list.json'); ask.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');"
            f"ask.onload = () => {{ {fill} = ask.responseText }}; ask.send('page=1') }}, 1200)</script>"
        ),
        "/list.json": Reply("<li>万州区2021年部门预算</li>".encode()),
        "/routes": page(
            f"<div id=app></div><script>const show = () => {{ {fill} = '第' + location.hash.split('/').pop() + '栏' }};"
            "addEventListener('hashchange', show); show()</script>"
        ),
        "/gbk": Reply(gbk.encode("gbk"), headers=(("Content-Type", "text/html; charset=iso-8859-1"),)),
        "/gbk.js": Reply(f"{fill} = '机关简介'".encode("gbk"), headers=(("Content-Type", "application/javascript"),)),
        "/framed": page('<iframe src="/inner.html"></iframe>'),
        "/counted": page(
            "<p>空白栏目</p><iframe src='/inner.html' width=0 height=0 style='display:none'></iframe>"
            "<div style='display:none'><iframe src='/inner.html#tab' width='100%'></iframe></div>"
            "<iframe src='/inner.html#high' width='100%' height=0></iframe>"
        ),
        "/inner.html": page("<p id=app>空</p><script>" + fill + " = '<a href=\"sub/one.html\">框内栏目</a>'</script>"),
        "/hang": page("<p>正文</p><script>while (true) {}</script>"),
        "/alert": page("<p>正文</p><script>while (true) { alert('提示') }</script>"),
        "/file": page(
            "<a id=app href='/plan.pdf' download>附件</a><script>document.getElementById('app').click()</script>"
        ),
        "/plan.pdf": Reply(b"%PDF-1.4", headers=(("Content-Type", "application/pdf"),)),
        "/strange": page(
            "<p>正文</p>"
            + f"<img src='{stranger.url('/a.png')}'><script src='{stranger.url('/a.js')}'></script>"
            + f"<link rel=preconnect href='{stranger.url()}'><link rel=stylesheet href='{stranger.url('/a.css')}'>"
            + f"<iframe src='{stranger.url('/frame')}'></iframe>"
            + f"<script>fetch('{stranger.url('/x')}').catch(() => 0); navigator.sendBeacon('{stranger.url('/b')}');"
            + "fetch('http://169.254.169.254/latest/').catch(() => 0); fetch('http://10.0.0.1/').catch(() => 0);"
            + f"try {{ new WebSocket('{stranger.url('/ws').replace('http', 'ws')}') }} catch (e) {{}}"
            + f"fetch('http://[::1]:{stranger.port}/').catch(() => 0);"
            + f"window.open('{stranger.url('/window')}')</script>"
        ),
        "/leave": page(f"<script>location.href = '{stranger.url('/platform')}'</script>"),
        "/onward": page("<script>location.href = '/moved.html'</script>"),
        "/moved.html": Reply(b"", 302, (("Location", "/landed.html"),)),
        "/landed.html": page("<p>新栏目</p>"),
        "/closed": page("<p>正文</p><script src='/closed.js'></script>"),
        "/closed.js": script("document.body.innerHTML = ''"),
        "/walled": page("<div id=app></div><script>fetch('/walled.json').then(a => a.json())</script>"),
        "/walled.json": Reply(LOGIN, 200, (("Content-Type", "text/html; charset=utf-8"),)),
        "/fragment": page("<div id=app></div><script>fetch('/part.html')</script>"),
        "/part.html": Reply("<ul><li>万州区2021年部门预算</li></ul>".encode(), 200, (("Content-Type", "text/html"),)),
        "/refused": page("<div id=app></div><script>fetch('/down.json')</script>"),
        "/down.json": Reply(b"{}", 503, JSON),
        "/absent": page("<div id=app></div><script>fetch('/none.json')</script>"),
        "/polling": page("<p>正文</p><script>setInterval(() => fetch('/tick.json?' + Math.random()), 60)</script>"),
        "/waiting": page("<p>正文</p><script>fetch('/never.json')</script>"),
        "/never.json": Reply(b"{}", headers=JSON, seconds=6),
        "/moved": Reply(b"", 302, (("Location", "/menu"),)),
        "/gone": Reply(b"<html><body>gone</body></html>", 404),
    }
