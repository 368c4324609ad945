"""The demonstration portal answers on loopback as it was built."""

from __future__ import annotations

import http.client
import json
import urllib.request
from pathlib import Path

import pytest

from portals.demonstration import build
from portals.publishing import Portal
from portals.serving import serve


@pytest.fixture(scope="module")
def small() -> Portal:
    return build(departments=4, towns=2)


def test_home_lists_the_two_platform_columns_and_is_logged(small: Portal) -> None:
    with serve(small) as served:
        body = urllib.request.urlopen(served.urls[0]).read().decode()
        assert "政府信息公开目录" in body
        assert "/bm/" in body
        assert [request.path for request in served.log.settled()] == ["/"]
        assert served.log.most_parallel() == 1


def test_unknown_address_is_404(small: Portal) -> None:
    with serve(small) as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.ports[0])
        connection.request("GET", "/nowhere/")
        assert connection.getresponse().status == 404
        connection.close()


def test_links_to_other_hosts_carry_their_ports(small: Portal) -> None:
    with serve(small) as served:
        body = urllib.request.urlopen(served.urls[0]).read().decode()
        assert ".invalid" not in body
        assert f"127.0.0.1:{served.ports[2]}/" in body


def test_district_file_names_the_ports_and_truth_has_a_line_an_obligation(small: Portal, tmp_path: Path) -> None:
    from catalog.catalogue import load_district

    file = small.write_district(tmp_path, (8101, 8102, 8103))
    district = load_district(str(file))
    assert district.home == "http://127.0.0.1:8101/"
    assert district.network.allow == ("127.0.0.1:8101", "127.0.0.1:8102")
    lines = small.write_truth(tmp_path, ("http://a", "http://b", "http://c")).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(small.truth)
    assert set(json.loads(lines[0])) == {
        "obligation_id",
        "standing",
        "reason",
        "caused_by",
        "match",
        "url",
        "fault",
    }
