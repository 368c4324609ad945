"""Programs (脚本文件) that pages name: those that print pagers and lists work, the rest are empty files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portals.publishing import Address, Answer

_NAMED = re.compile(rb'<script[^>]*\ssrc=["\'](/[^"\'?]+\.js)["\']', re.IGNORECASE)
_KIND = (("Content-Type", "application/javascript"),)
_CREATE_PAGE = """
function createPage(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {
  if (_nPageCount == null || _nPageCount <= 1) { document.write("共1页"); return; }
  for (var i = 0; i < _nPageCount; i++) {
    if (i == _nCurrIndex) { document.write("<span>" + (i + 1) + "</span>"); continue; }
    var name = i == 0 ? _sPageName : _sPageName + "_" + i;
    document.write('<a href="' + name + "." + _sPageExt + '">' + (i + 1) + "</a>");
  }
}
"""
_JPAGE = """
window.jQuery = function (chosen) {
  function ready(run) {
    if (document.readyState !== "loading") run();
    else document.addEventListener("DOMContentLoaded", run);
  }
  function records(text) {
    var found = [], record, pattern = /<record><!\\[CDATA\\[([\\s\\S]*?)\\]\\]><\\/record>/g;
    while ((record = pattern.exec(text))) found.push(record[1]);
    return found;
  }
  function jpage(settings) {
    var holder = document.querySelector("[id='" + chosen.slice(1) + "']");
    var store = holder.querySelector("script[type='text/xml']").textContent;
    function show(rows, number) {
      var bar = "<div class='jpage'>共" + settings.totalRecord + "条记录 <a href='#'>下一页</a></div>";
      holder.innerHTML = "<ul>" + rows.join("") + "</ul>" + bar;
      holder.querySelector(".jpage a").onclick = function () { turn(number + 1); return false; };
    }
    function turn(number) {
      var asking = new XMLHttpRequest(), form = [], size = settings.perPage, first = (number - 1) * size + 1;
      for (var name in settings.ajaxParam) form.push(name + "=" + encodeURIComponent(settings.ajaxParam[name]));
      var range = "startrecord=" + first + "&endrecord=" + (first + size - 1) + "&perpage=" + size;
      asking.open("POST", settings.proxyUrl + "?" + range);
      asking.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      asking.onload = function () { show(records(asking.responseText), number); };
      asking.send(form.join("&"));
    }
    show(records(store).slice(0, settings.perPage), 1);
  }
  return { ready: ready, jpage: jpage };
};
"""
_WORKING: Mapping[str, str] = {"page.js": _CREATE_PAGE, "jquery.jpage.js": _JPAGE}


def programs(pages: Mapping[Address, Answer]) -> dict[Address, Answer]:
    """An answer for every program that a page names and nobody printed."""
    named = {(host, path.decode()) for (host, _), answer in pages.items() for path in _NAMED.findall(answer.body)}
    return {
        (host, path): Answer(200, _KIND, _WORKING.get(path.rsplit("/", 1)[1], "").encode())
        for host, path in sorted(named - set(pages))
    }
