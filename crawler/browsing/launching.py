"""Finding and launching a Chromium: one set of rules for looks at pages and for their pictures."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

ENVIRONMENT = "MINGCHA_BROWSER"
BROWSERS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge",
)
"""Shells first: the same engine without windows, which opens a page at a third of the cost."""
CURE = "install chromium, or set MINGCHA_BROWSER to the path of a Chromium"
CURE_CHINESE = "请安装 chromium（如 apt install chromium），或以环境变量 MINGCHA_BROWSER 指明浏览器的路径"
LAUNCH_SECONDS = 30
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--lang=zh-CN",
    # a proxy that is not there: what slips past the route (preconnects, WebSockets, WebRTC) reaches nobody either, and
    # <-loopback> because Chromium sends loopback addresses around a proxy unless told otherwise (TRUST 12)
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_OWN_FOLDERS = {"linux": ".cache/ms-playwright", "darwin": "Library/Caches/ms-playwright"}


def context_options(width: int, height: int) -> dict[str, Any]:
    """Options of a browser context: a desktop in Chongqing, nothing kept, nothing downloaded, nothing moving."""
    return {
        "viewport": {"width": width, "height": height},
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "device_scale_factor": 1,
        "reduced_motion": "reduce",
        "service_workers": "block",
        "accept_downloads": False,
    }


def launches(chosen: str = "") -> Iterator[dict[str, Any]]:
    """Options of ``launch``, to be tried in this order until one succeeds; none where no browser is found.

    The browser that was chosen, by argument or MINGCHA_BROWSER, alone; else Playwright's own, else the system's. Pages
    are not to be trusted, so Chromium's sandbox is on wherever it can be: not for root, not in most containers.

    Args:
        chosen: path or name of a browser.
    """
    for path in _paths(chosen or os.environ.get(ENVIRONMENT, "")):
        options: dict[str, Any] = {"args": list(ARGUMENTS), "timeout": LAUNCH_SECONDS * 1000}
        if path:
            options["executable_path"] = path
        if os.name != "posix" or os.geteuid() != 0:
            yield {**options, "chromium_sandbox": True}
        yield options


def is_browser_here(chosen: str = "") -> bool:
    """Whether a browser is found on this machine; launching it may still fail."""
    return next(launches(chosen), None) is not None


def browser_build(chosen: str = "") -> str:
    """Name and version of the browser that would be launched, in its own words; empty where there is none."""
    options = next(launches(chosen), None)
    if options is None:
        return ""
    path = str(options.get("executable_path", ""))
    return _said_version(path) if path else f"Chromium of Playwright {version('playwright')}"


@functools.cache
def _said_version(path: str) -> str:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=LAUNCH_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()


def _paths(chosen: str) -> list[str]:
    """Paths of browsers; an empty one stands for Playwright's own."""
    if chosen:
        found = shutil.which(chosen)
        return [found] if found else []
    own = [""] if _has_own() else []
    system = [found for name in BROWSERS if (found := shutil.which(name))]
    return [*own, *system[:1]]


def _has_own() -> bool:
    """Whether Playwright's own browser was downloaded: it says where it would be only by failing to launch it."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if named == "0":  # inside the package
        import playwright

        folder = Path(playwright.__file__).parent / "driver" / "package" / ".local-browsers"
    else:
        folder = Path(named) if named else Path.home() / _OWN_FOLDERS.get(sys.platform, "AppData/Local/ms-playwright")
    return folder.is_dir() and any(folder.glob("chromium*"))
