"""Reading: bytes of one arrival in, a ``Page`` out; two parsers, no fetching, no opinion about duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.cms import ADAPTERS, Adapter
from crawler.page.composing import compose
from crawler.page.dating import address_day
from crawler.page.decoding import decode
from crawler.page.growing import grow_lexbor
from crawler.page.inserting import (
    PROGRAM_FILE,
    is_program_file,
    is_told,
    wrapped,
)
from crawler.page.material import Material, is_part
from crawler.page.page import Page
from crawler.page.scripting import expand
from crawler.page.second_opinion import second_opinion
from crawler.page.sight import look
from crawler.page.source import is_markup, is_record, prepare, program_ends_within
from ledger.work import Arrival


def read_page(arrival: Arrival, adapters: Sequence[Adapter] = ADAPTERS) -> Page:
    """Read an archived answer; hostile bytes give a poor page, never an exception.

    Args:
        arrival: the answer as archived.
        adapters: those that may take the page by a mark in it.
    """
    if is_part(arrival) and is_program_file(arrival.url, arrival.header("Content-Type")):
        return _read_program(arrival)
    if not is_markup(arrival.body) and not is_record(arrival.body):
        return _unread(arrival)
    decoded = decode(arrival.body, arrival.header("Content-Type"))
    source = prepare(decoded.text, arrival.visit.url if is_part(arrival) else arrival.url, adapters, arrival.visit.body)
    if not source.adapter and is_record(arrival.body):
        return _unread(arrival)
    # What a service gives stands in the page that asked for it: its addresses are written for that page.
    url = arrival.visit.referrer if is_part(arrival) and arrival.visit.referrer else arrival.url
    root, complete = grow_lexbor(source.unfolded.source)
    expand(root, grow_lexbor)
    sight = look(root, url)
    labels, second_rows = second_opinion(source.unfolded.source, url, sight)
    whole = complete and not source.cut
    material = Material(arrival, source, sight, whole=whole, replaced=decoded.replaced)
    return compose(material, labels, second_rows, decoded.charset)


def _read_program(arrival: Arrival) -> Page:
    """What a program file writes into the page that names it."""
    text = decode(arrival.body, arrival.header("Content-Type")).text
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    page = replace(arrival, url=f"{arrival.url}.html", headers=headers, body=wrapped(text).encode("utf-8", "replace"))
    read = read_page(page, ())
    whole, told = not program_ends_within(text), is_told(text)
    return replace(
        read, url=arrival.url, whole=whole, menu_by_script=not told, list_by_script=False, adapter=PROGRAM_FILE
    )


def _unread(arrival: Arrival) -> Page:
    return Page(arrival.url, arrival.snapshot_id, arrival.fetched_at, address_date=address_day(arrival.url))
