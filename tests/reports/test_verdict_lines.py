"""The export line is a contract: keys, order and forms of CONTRACTS."""

from __future__ import annotations

import csv
import io
import json

import literal
import pytest

from reports.verdict_lines import FIELDS, as_csv, as_jsonl, inert


def test_every_obligation_is_one_line_with_all_fields_in_order() -> None:
    lines = [json.loads(line) for line in as_jsonl(literal.view()).splitlines()]
    assert len(lines) == len(literal.OBLIGATIONS)
    assert all(tuple(line) == FIELDS for line in lines)


def test_a_confirmed_gap_as_the_contract_writes_it() -> None:
    line = json.loads(as_jsonl(literal.view()).splitlines()[0])
    assert line == {
        "district": "yunchuan",
        "night": "2021-11-30",
        "organ": "云川区财政局",
        "requirement_id": "budget",
        "item": "",
        "path": "政府网站>政府信息公开>法定主动公开内容>预算/决算",
        "standing": "missing",
        "suspected": "",
        "confirmed": True,
        "reason": "",
        "detail": "截至 2021-11-30 02:15，沿政府网站>政府信息公开>法定主动公开内容>预算/决算访问，未发现栏目",
        "url": "http://127.0.0.1:9100/zwgk/",
        "seen_at": "2021-11-29T18:15:09Z",
        "match": "",
        "document_number": "云川府办发〔2021〕1号",
        "clause": "一（三）1",
        "caused_by": "",
        "dimensions": dict.fromkeys(("exists", "has_content", "complete", "timely", "on_path"), "unverified"),
        "evidence": ["snapshot-1"],
    }


def test_csv_has_the_same_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(literal.view()))))
    assert [row["standing"] for row in rows] == [
        json.loads(line)["standing"] for line in as_jsonl(literal.view()).splitlines()
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert inert(text).startswith("'")
    assert inert("预算") == "预算"
