"""Browsers die, processes are killed, machines have none: a visit is lost, never a night."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from browser_processes import browsers_below
from loopback_site import Reply, serve
from shown_pages import page, script, show, visit_of

from crawler.browsing.launching import BROWSERS
from ledger.reason import Reason

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine"),
]
MENU = page("<div id=app></div><script src='/one.js'></script><script src='/two.js'></script>")
ONE = script("document.getElementById('app').innerHTML += '<a href=/ys>预算</a>'")
TWO = script("document.getElementById('app').innerHTML += '<a href=/js>决算</a>'")


def test_a_browser_that_dies_costs_one_visit(tmp_path: Path) -> None:
    def killing(_: int) -> Reply:
        for process in browsers_below(os.getpid()):
            os.kill(process, signal.SIGKILL)
        time.sleep(0.2)
        return Reply(b"1")

    with serve({"/fatal": page("<script>fetch('/kill')</script>"), "/kill": killing, "/menu": MENU}) as site:
        site.pages.update({"/one.js": ONE, "/two.js": TWO})
        night = show(tmp_path, site, ["/fatal", "/menu"])

    assert (night.arrived["/fatal"].reason, night.arrived["/menu"].reason) == (Reason.NEEDS_BROWSER, None)
    assert "决算" in night.text("/menu")
    assert browsers_below(os.getpid()) == []


def test_a_portal_sees_one_visitor_who_waits_between_requests(tmp_path: Path) -> None:
    with serve({"/menu": MENU, "/one.js": ONE, "/two.js": TWO}) as site:
        night = show(tmp_path, site, ["/menu"], delay=0.4)

    assert "预算" in night.text("/menu")
    assert sorted(site.paths()) == ["/menu", "/one.js", "/robots.txt", "/two.js"]
    assert all(later.at - earlier.ended >= 0.4 for earlier, later in pairwise(site.log))


def test_killed_while_a_page_is_shown_the_night_goes_on_and_no_browser_stays(tmp_path: Path) -> None:
    child: list[subprocess.Popen[bytes]] = []
    below: list[int] = []

    def killing(before: int) -> Reply:
        if before == 0:
            below.extend(browsers_below(child[0].pid))
            child[0].kill()
        return TWO

    with serve({"/menu": MENU, "/first": MENU, "/one.js": ONE}) as site:
        site.pages["/two.js"] = killing
        urls = [site.url("/menu"), site.url("/first")]
        command = [sys.executable, str(Path(__file__).with_name("browser_child.py")), str(tmp_path)]
        child.append(subprocess.Popen([*command, site.url(), site.pair, *urls]))
        assert child[0].wait(timeout=60) == -signal.SIGKILL
        night = show(tmp_path, site, ["/menu", "/first"])
        asked = len(site.log)
        again = show(tmp_path, site, ["/menu", "/first"])

    assert ["预算" in night.text(path) and "决算" in night.text(path) for path in ("/menu", "/first")] == [True, True]
    assert (again.arrived, len(site.log), again.end.browser_pages) == (night.arrived, asked, 0)
    assert below
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{process}").exists() for process in below) and time.monotonic() < deadline:
        os.sched_yield()
    assert [process for process in below if Path(f"/proc/{process}").exists()] == []


def test_refused_scripts_close_no_host_and_refused_services_do(tmp_path: Path) -> None:
    refused = Reply(b"forbidden", 403)
    scripts = "".join(f"<script src='/no{number}.js'></script>" for number in range(6))
    asked = "".join(f"fetch('/no{number}.json');" for number in range(6))
    with serve({"/scripts": page(scripts), "/menu": MENU, "/one.js": ONE, "/two.js": TWO}) as site:
        site.pages.update({f"/no{number}.js": refused for number in range(6)})
        night = show(tmp_path / "scripts", site, ["/scripts", "/menu"])
    with serve({"/services": page(f"<script>{asked}</script>"), "/menu": MENU}) as site:
        site.pages.update({f"/no{number}.json": refused for number in range(6)})
        closed = show(tmp_path / "services", site, ["/services", "/menu"])

    assert (night.arrived["/menu"].reason, "预算" in night.text("/menu")) == (None, True)
    assert closed.arrived["/menu"].reason is Reason.HTTP_4XX


def test_contexts_and_browsers_are_replaced_after_their_share_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched: list[int] = []

    def looking(_: int) -> Reply:
        launched.extend(browsers_below(os.getpid()))
        return ONE

    monkeypatch.setattr("crawler.browsing.rendering.PAGES_A_CONTEXT", 1)
    monkeypatch.setattr("crawler.browsing.sharing.PAGES_A_BROWSER", 2)
    keeps = "localStorage.setItem('a', 'x'); document.body.innerHTML += '<p>' + localStorage.length + '</p>'"
    paths = [f"/page{number}" for number in range(5)]
    with serve({path: page(f"<script src='{path}.js'></script><script>{keeps}</script>") for path in paths}) as site:
        site.pages.update({f"{path}.js": looking for path in paths})
        night = show(tmp_path, site, paths)

    assert [night.arrived[path].reason for path in paths] == [None] * len(paths)
    assert ["<p>1</p>" in night.text(path) for path in paths] == [True] * len(paths)
    assert len(set(launched)) >= 2
    assert browsers_below(os.getpid()) == []


def test_without_a_browser_such_a_visit_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_BROWSER", str(tmp_path / "none"))
    with serve({"/menu": MENU}) as site:
        night = show(tmp_path, site, ["/menu"])

    assert night.arrived["/menu"].reason is Reason.NEEDS_BROWSER
    assert visit_of("http://a/").key == "RENDERED http://a/"
