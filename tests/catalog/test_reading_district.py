"""District files are read strictly; the minimal valid file of CONTRACTS.md is enough."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.district import OrganKind
from catalog.errors import CatalogueError
from catalog.reading import read_district

MINIMAL = """
schema = 1
id = "case"
name = "某县"
home = "http://127.0.0.1:9100/"
directories = ["national_base"]
"""
ORGAN = """
[[organ]]
name = "某县财政局"
kind = "department"
"""
GOOD = MINIMAL + ORGAN


def test_the_minimal_file_is_enough(write_toml: Callable[..., Path]) -> None:
    district = read_district(write_toml(GOOD))
    government, finance = district.organs
    assert (finance.id, finance.names, finance.kind) == ("某县财政局", ("某县财政局",), OrganKind.DEPARTMENT)
    assert (government.id, government.name, government.implied) == ("government", "某县人民政府", True)
    assert district.organ("government") is government
    assert district.network.delay_seconds == 2
    assert district.roster_complete is False


def test_a_government_in_the_roster_is_kept(write_toml: Callable[..., Path]) -> None:
    own = '[[organ]]\nid = "xzf"\nname = "某县人民政府"\nkind = "government"\n'
    district = read_district(write_toml(GOOD + own))
    assert [(organ.id, organ.implied) for organ in district.organs] == [("某县财政局", False), ("xzf", False)]


def test_a_home_may_be_absent(write_toml: Callable[..., Path]) -> None:
    assert read_district(write_toml(GOOD.replace('home = "http://127.0.0.1:9100/"', ""))).home == ""


def test_no_delay_is_allowed_on_a_loopback_host_that_is_named(write_toml: Callable[..., Path]) -> None:
    network = '[network]\nallow = ["127.0.0.1:9100", "[::1]:9100"]\ndelay_seconds = 0\n'
    assert read_district(write_toml(MINIMAL + network + ORGAN)).network.delay_seconds == 0


def _network(lines: str, head: str = MINIMAL) -> str:
    return f"{head}[network]\n{lines}\n{ORGAN}"


def _organ(line: str) -> str:
    return GOOD + line + "\n"


MISTAKES = {
    "unknown key": ('homepage = "x"' + GOOD, "", 'unknown key "homepage"', 'did you mean "home"'),
    "unknown organ key": (
        _organ('alias = ["县财政局"]'),
        "某县财政局",
        'unknown key "alias"',
        'did you mean "aliases"',
    ),
    "unknown kind of organ": (GOOD.replace('"department"', '"departement"'), "某县财政局", '"kind" is', '"department"'),
    "organ without name": (GOOD.replace('name = "某县财政局"', ""), "organ number 1", '"name" is missing', "add"),
    "no organ": (MINIMAL, "", "no organ", "[[organ]]"),
    "organ twice": (GOOD + ORGAN, "某县财政局", "stands twice", "another id"),
    "two governments": (
        GOOD + '[[organ]]\nname = "甲"\nkind = "government"\n[[organ]]\nname = "乙"\nkind = "government"\n',
        "",
        "2 organs of kind government",
        "own only",
    ),
    "id of the government taken": (
        _organ('id = "government"'),
        "某县财政局",
        "belongs to the government",
        "another id",
    ),
    "organ id with a slash": (_organ('id = "a/b"'), "某县财政局", "a/b", "take it out"),
    "district id": (GOOD.replace('"case"', '"某县"'), "", '"id" is "某县"', "small Latin"),
    "no directory": (GOOD.replace('["national_base"]', "[]"), "", '"directories" is empty', "at least one"),
    "home without scheme": (GOOD.replace("http://", ""), "", "no http or https address", "https://www.example"),
    "home with a bad port": (GOOD.replace("9100", "99999"), "", "no address", "https://www.example"),
    "organ entry": (_organ('entry = "ftp://a.gov.cn/"'), "某县财政局", '"entry" is', "http"),
    "host without port": (_network('allow = ["127.0.0.1"]'), "network", 'names "127.0.0.1"', "host:port"),
    "port out of range": (_network('allow = ["127.0.0.1:70000"]'), "network", "70000", "host:port"),
    "address for host": (_network('allow = ["http://a.gov.cn:80"]'), "network", "http://a.gov.cn:80", "host:port"),
    "negative delay": (_network("delay_seconds = -1"), "network", '"delay_seconds" is -1', "0 or more"),
    "no number of seconds": (_network("delay_seconds = nan"), "network", '"delay_seconds" is nan', "0 or more"),
    "delay as text": (_network('delay_seconds = "2"'), "network", 'the text "2"', "a number of seconds"),
    "delay 0, loopback not named": (_network("delay_seconds = 0"), "network", '"delay_seconds" is 0', "at least 1"),
    "delay 0, another host": (
        _network('allow = ["www.a.gov.cn:80"]\ndelay_seconds = 0', MINIMAL.replace("127.0.0.1:9100", "www.a.gov.cn")),
        "network",
        '"delay_seconds" is 0',
        "at least 1",
    ),
    "delay 0, another host allowed": (
        _network('allow = ["127.0.0.1:9100", "www.a.gov.cn:80"]\ndelay_seconds = 0'),
        "network",
        "not loopback",
        "at least 1",
    ),
    "delay 0, an organ elsewhere": (
        _network('allow = ["127.0.0.1:9100"]\ndelay_seconds = 0') + 'entry = "http://czj.a.gov.cn/"\n',
        "network",
        '"delay_seconds" is 0',
        "at least 1",
    ),
    "whole roster without source": ("roster_complete = true" + GOOD, "", "no source", "which list"),
    "adapter pinned and forbidden": (
        'adapters = ["jpage"]\nforbidden_adapters = ["jpage"]' + GOOD,
        "",
        '"jpage" is pinned and forbidden',
        "take it out",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_file_entry_and_cure(name: str, write_toml: Callable[..., Path]) -> None:
    text, entry, problem, cure = MISTAKES[name]
    file = write_toml(text)
    with pytest.raises(CatalogueError) as raised:
        read_district(file)
    assert raised.value.file == str(file)
    assert entry in raised.value.entry
    assert problem in raised.value.problem
    assert cure in raised.value.cure


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
@pytest.mark.parametrize("line", [line for line in GOOD.splitlines() if " = " in line])
def test_no_value_raises_anything_but_a_named_error(line: str, value: str, write_toml: Callable[..., Path]) -> None:
    file = write_toml(GOOD.replace(line, f"{line.partition(' = ')[0]} = {value}"))
    with contextlib.suppress(CatalogueError):
        assert read_district(file).id
