"""Refusals are what real portals send."""

from __future__ import annotations

import http.client

from portals.demonstration import build
from portals.publishing import Conduct
from portals.refusing import refusal, shield
from portals.rendering import html
from portals.serving import serve


def test_the_shield_is_a_200_page_of_741_bytes() -> None:
    answer = shield()
    assert (answer.status, len(answer.body)) == (200, 741)
    assert b"Virtual Container Shield" in answer.body


def test_challenges_keep_their_status() -> None:
    assert [refusal(kind, html("")).status for kind in ("challenge_412", "challenge_521")] == [412, 521]


def test_a_truncated_answer_promises_more_than_it_sends() -> None:
    cut = refusal("truncated", html("<html>" + "政" * 1000 + "</html>"))
    assert cut.conduct is Conduct.SHORT
    portal = build()
    path = next(path for (host, path), answer in portal.pages.items() if answer.conduct is Conduct.SHORT and host == 0)
    with serve(portal) as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.ports[0])
        connection.request("GET", path)
        answer = connection.getresponse()
        try:
            whole = answer.read()
        except http.client.IncompleteRead as error:
            whole = error.partial
        assert len(whole) < int(answer.headers["Content-Length"])
        connection.close()
