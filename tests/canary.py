"""Pages opened from the disk in a real browser, to see whether anything in them runs, loads or became an element."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from crawler.browsing.launching import launches

_WATCH = """() => {
  window.__runs = [];
  const ran = (word) => () => { window.__runs.push(word); };
  for (const word of ["canary", "alert", "confirm", "prompt", "print"]) { window[word] = ran(word); }
  document.addEventListener("securitypolicyviolation", (event) => {
    window.__runs.push("refused " + event.violatedDirective + " " + event.blockedURI);
  });
}"""
_LOOK = """() => {
  const strays = [];
  for (const one of document.querySelectorAll("*")) {
    for (const attribute of one.attributes) {
      if (/^on/i.test(attribute.name) || attribute.name === "srcdoc"
          || (attribute.name === "style" && !/^width:[0-9]+%$/.test(attribute.value))) {  // the inspection table's own
        strays.push(one.tagName + "[" + attribute.name + "]");
      }
      if (/^(href|src|action|data|formaction|xlink:href)$/i.test(attribute.name)
          && /^[\\s\\u0000-\\u0020]*(javascript|data|vbscript):/i.test(attribute.value)) {
        strays.push(one.tagName + "=" + attribute.value.slice(0, 40));
      }
    }
    if (/^(IFRAME|OBJECT|EMBED|BASE|TEMPLATE|MARQUEE|VIDEO|AUDIO|MATH|SVG|NOSCRIPT|TEXTAREA)$/i.test(one.tagName)) {
      strays.push(one.tagName);
    }
  }
  return { runs: window.__runs, strays: strays, scripts: document.scripts.length,
           styles: document.querySelectorAll("style, link[rel=stylesheet]").length,
           details: document.querySelectorAll("details").length };
}"""


@dataclass(slots=True)
class Seen:
    """What was seen in opened pages (打开结果); ``scripts`` and ``styles`` are the largest numbers in one page."""

    pages: int = 0
    runs: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    scripts: int = 0
    styles: int = 0


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser of this machine, headless."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**next(iter(launches())))
        try:
            yield opened
        finally:
            opened.close()


def open_all(opened: Browser, files: Iterable[Path]) -> Seen:
    """Open each file by its ``file://`` address, unfold all details, point at and choose what can be chosen."""
    seen = Seen()
    context = opened.new_context()
    context.add_init_script(f"({_WATCH})()")
    page = context.new_page()
    page.on("request", lambda request: seen.requests.append(request.url) if _is_away(request.url) else None)
    page.on("dialog", lambda dialog: (seen.runs.append(f"dialog {dialog.type}"), dialog.dismiss()))
    for file in files:
        page.goto(file.as_uri())
        page.evaluate("() => { for (const one of document.querySelectorAll('details')) { one.open = true; } }")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))")
        found = page.evaluate(_LOOK)
        seen.pages += 1
        seen.runs += [f"{file.name}: {one}" for one in found["runs"]]
        seen.strays += [f"{file.name}: {one}" for one in found["strays"]]
        seen.scripts, seen.styles = max(seen.scripts, found["scripts"]), max(seen.styles, found["styles"])
    context.close()
    return seen


def _is_away(address: str) -> bool:
    return not address.startswith("file:")


def formulas(book: Path) -> tuple[int, int]:
    """Formula cells and links of a workbook, counted in its bare XML."""
    with zipfile.ZipFile(book) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    return sum(one.count(b"<f>") + one.count(b"<f ") for one in sheets), sum(one.count(b"<hyperlink") for one in sheets)
