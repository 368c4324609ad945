"""Directory files are read strictly: each kind of mistake is named with file, entry and cure."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalog.errors import CatalogueError
from catalog.path import PathOrigin
from catalog.reading import read_directory
from catalog.requirement import DueKind, Root, Scope

HEAD = """
schema = 1
id = "case_2021_1"
title = "测试通知"
document_number = "某府办发〔2021〕1号"
issued_on = 2021-06-03
valid_from = 2021-06-03
"""
REQUIREMENT = """
[[requirement]]
id = "budget"
title = "财政预决算信息"
clause = "一（三）1"
quote = "及时公开区县政府及其部门财政预决算信息"
scope = "portal+organs"
organ_kinds = ["department", "town"]
"""
PATH = """
[[requirement.path]]
origin = "printed"
steps = ["政府网站", "法定主动公开内容", "预算/决算"]
"""
GOOD = HEAD + REQUIREMENT + PATH


def test_a_whole_directory_is_read(write_toml: Callable[..., Path]) -> None:
    text = (
        HEAD
        + 'carries = ["yu_2021_50"]\nnotice = "某府办发〔2021〕1号"\n'
        + REQUIREMENT
        + """
basis = ["预算法 第十四条"]
root = "section"
lead = ["区财政局"]
responsible = ["区政府各部门"]
channels = ["政府网站", "其他渠道"]
due = [{kind = "yearly", month_day = "03-31", source = "条例 第四十九条"}]
valid_to = 2022-01-15
valid_to_source = "某府办发〔2021〕1号 五"
"""
        + PATH
        + """
[[requirement.expect]]
check = "column.not_empty"
days = 365

[[no_duty]]
clause = "二"
quote = "强化工作落实"
reason = "工作要求，不涉及公开"
"""
    )
    directory = read_directory(write_toml(text), frozenset({"法定主动公开内容"}))
    (requirement,) = directory.requirements
    (path,) = requirement.paths
    (due,) = requirement.due
    (expectation,) = requirement.expectations
    assert directory.issued_on == date(2021, 6, 3)
    assert directory.carries == ("yu_2021_50",)
    assert requirement.scope is Scope.PORTAL_AND_ORGANS
    assert requirement.root is Root.SECTION
    assert requirement.valid_to == date(2022, 1, 15)
    assert (due.kind, due.month_day, due.source) == (DueKind.YEARLY, "03-31", "条例 第四十九条")
    assert path.origin is PathOrigin.PRINTED
    assert path.labels == ("政府网站", "法定主动公开内容", "预算/决算")
    assert [step.may_be_skipped for step in path.steps] == [False, True, False]
    assert (expectation.check_id, expectation.options) == ("column.not_empty", {"days": 365})
    assert directory.no_duty[0].reason == "工作要求，不涉及公开"


def test_a_level_that_may_be_skipped_is_never_the_column_itself(write_toml: Callable[..., Path]) -> None:
    text = (
        HEAD + REQUIREMENT + '[[requirement.path]]\norigin = "text"\nsteps = ["政府网站", "政务公开", "政府信息公开"]\n'
    )
    directory = read_directory(write_toml(text), frozenset({"政务公开", "政府信息公开"}))
    assert [step.may_be_skipped for step in directory.requirements[0].paths[0].steps] == [False, True, False]


def _with(line: str) -> str:
    return HEAD + REQUIREMENT + line + "\n" + PATH


MISTAKES = {
    "unknown key": (
        _with('responsable = ["区财政局"]'),
        'requirement "budget"',
        'unknown key "responsable"',
        '"responsible"',
    ),
    "unknown key of the file": ('titel = "x"' + GOOD, "", 'unknown key "titel"', 'did you mean "title"'),
    "unknown key of a path": (GOOD + 'step = ["x"]', "path number 1", 'unknown key "step"', 'did you mean "steps"'),
    "missing key": (GOOD.replace('clause = "一（三）1"', ""), 'requirement "budget"', '"clause" is missing', "add"),
    "empty text": (GOOD.replace('"一（三）1"', '" "'), 'requirement "budget"', '"clause" is empty', "write its text"),
    "blanks at an end": (
        GOOD.replace('"一（三）1"', '"一 "'),
        'requirement "budget"',
        "blanks at an end",
        "take them off",
    ),
    "wrong type": (_with("lead = 1"), 'requirement "budget"', '"lead" is the number 1', "write a list of texts"),
    "no text in a list": (_with('lead = ["区财政局", 1]'), 'requirement "budget"', "no text", "write a list"),
    "twice in a list": (_with('lead = ["甲", "甲"]'), 'requirement "budget"', '"lead" names "甲" twice', "take one"),
    "flag as text": (_with('container = "true"'), 'requirement "budget"', 'the text "true"', "true or false"),
    "no schema": (GOOD.replace("schema = 1", ""), "", "the schema is not 1", "schema = 1"),
    "no requirement": (HEAD, "", "no requirement", "[[requirement]]"),
    "duplicate id": (GOOD + REQUIREMENT, 'requirement "budget"', "stands twice", "another id"),
    "id with capitals": (GOOD.replace('id = "budget"', 'id = "Budget"'), '"Budget"', '"id" is "Budget"', "small Latin"),
    "bad date": (
        GOOD.replace("issued_on = 2021-06-03", 'issued_on = "2021-06-03"'),
        "",
        '"issued_on" is the text',
        "without quotes",
    ),
    "time for a date": (_with("valid_from = 2021-06-03T10:00:00"), '"budget"', "is the time", "write a date"),
    "impossible date": (GOOD.replace("2021-06-03", "2021-02-30"), "", "is not TOML", "mend that line"),
    "unknown scope": (
        GOOD.replace('"portal+organs"', '"portal+organ"'),
        '"budget"',
        '"scope" is',
        'did you mean "portal+organs"',
    ),
    "unknown organ kind": (GOOD.replace('"town"', '"towns"'), '"budget"', 'names "towns"', 'did you mean "town"'),
    "party obliged": (GOOD.replace('"town"', '"party"'), '"budget"', 'names "party"', "never obliged"),
    "organs without kinds": (
        GOOD.replace('organ_kinds = ["department", "town"]', "").replace("portal+organs", "organs"),
        '"budget"',
        'the scope "organs" has no "organ_kinds"',
        "name them",
    ),
    "portal with kinds": (GOOD.replace("portal+organs", "portal"), '"budget"', 'has "organ_kinds"', "take them out"),
    "path with no steps": (
        GOOD.replace('["政府网站", "法定主动公开内容", "预算/决算"]', "[]"),
        "path number 1",
        "this path has no steps",
        "the column last",
    ),
    "path without a column": (
        GOOD.replace('["政府网站", "法定主动公开内容", "预算/决算"]', '["政府网站"]'),
        "path number 1",
        "names no column",
        "the column last",
    ),
    "path without its root": (
        GOOD.replace('["政府网站", "法定主动公开内容"', '["法定主动公开内容"'),
        "path number 1",
        'starts with "法定主动公开内容"',
        'put "政府网站" first',
    ),
    "same path twice": (GOOD + PATH, '"budget"', "the same steps", "take one"),
    "customary path without source": (
        GOOD.replace('"printed"', '"customary"'),
        "path number 1",
        "no source",
        "known from",
    ),
    "unknown origin": (GOOD.replace('"printed"', '"print"'), "path", '"origin" is "print"', 'did you mean "printed"'),
    "due without source": (_with('due = [{kind = "on", on = 2021-05-31}]'), '"on"', "no source", "文号 and clause"),
    "due without its date": (_with('due = [{kind = "on", source = "x"}]'), '"on"', 'has no "on"', "add"),
    "due on no day": (
        _with('due = [{kind = "yearly", month_day = "3-31", source = "x"}]'),
        '"yearly"',
        '"month_day" is "3-31"',
        '"03-31"',
    ),
    "due in no days": (
        _with('due = [{kind = "period", days = 0, source = "x"}]'),
        '"period"',
        '"days" is 0',
        "above 0",
    ),
    "valid_to without source": (
        _with("valid_to = 2022-01-15"),
        '"budget"',
        '"valid_to" has no source',
        "valid_to_source",
    ),
    "source without valid_to": (_with('valid_to_source = "x"'), '"budget"', 'without "valid_to"', "add"),
    "ends before it begins": (
        _with('valid_from = 2022-01-02\nvalid_to = 2022-01-01\nvalid_to_source = "x"'),
        '"budget"',
        '"valid_to" lies before',
        "mend",
    ),
    "check without dimension": (
        GOOD + '[[requirement.expect]]\ncheck = "not_empty"',
        '"not_empty"',
        '"check" is',
        "dimension.name",
    ),
    "expectation without check": (GOOD + "[[requirement.expect]]\ndays = 3", "expect", '"check" is missing', "add"),
    "no duty without reason": (
        GOOD + '[[no_duty]]\nclause = "一"\nquote = "x"',
        'no_duty "一"',
        '"reason" is missing',
        "add",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_file_entry_and_cure(name: str, write_toml: Callable[..., Path]) -> None:
    text, entry, problem, cure = MISTAKES[name]
    file = write_toml(text)
    with pytest.raises(CatalogueError) as raised:
        read_directory(file)
    assert raised.value.file == str(file)
    assert entry in raised.value.entry
    assert problem in raised.value.problem
    assert cure in raised.value.cure
    assert str(raised.value).startswith(str(file))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes('title = "栏目名称"'.encode("gbk"))
    with pytest.raises(CatalogueError, match=r"is not UTF-8 at byte \d+; save it as UTF-8"):
        read_directory(file)


def test_a_file_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.toml: cannot be read .*give the path"):
        read_directory(tmp_path / "absent.toml")


EVERY_KEY = (
    HEAD
    + "carries = []\n"
    + REQUIREMENT
    + """
item = "x"
root = "portal"
lead = ["x"]
container = true
due = [{kind = "on", on = 2021-05-31, source = "x"}]
valid_to = 2022-01-15
valid_to_source = "x"
"""
    + PATH
    + '[[requirement.expect]]\ncheck = "a.b"\n[[no_duty]]\nclause = "x"\nquote = "x"\nreason = "x"\n'
)
WRONG_VALUES = (
    "1",
    "1.5",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "[1]",
    "[[]]",
    "{}",
    "[{}]",
    "{a = 1}",
    "2021-01-01",
    "01:02:03",
)


@pytest.mark.parametrize("value", WRONG_VALUES)
@pytest.mark.parametrize("line", [line for line in EVERY_KEY.splitlines() if " = " in line])
def test_no_value_raises_anything_but_a_named_error(line: str, value: str, write_toml: Callable[..., Path]) -> None:
    file = write_toml(EVERY_KEY.replace(line, f"{line.partition(' = ')[0]} = {value}"))
    with contextlib.suppress(CatalogueError):
        assert read_directory(file).requirements
