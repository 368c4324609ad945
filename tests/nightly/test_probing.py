"""probe: the proposed file of a served portal and of both recordings is accepted, and holds what is there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.catalogue import load_catalogue
from catalog.district import OrganKind
from catalog.reading_district import read_district
from catalog.roles import resolve
from nightly.cli import app
from nightly.errors import NightError
from portals.demonstration import build
from portals.serving import serve
from shared_data import SHARED, needs_shared

runner = CliRunner()
RECORDED = {
    "shenyang_housing_bureau": ("https://fcj.shenyang.gov.cn/zwgkzdgz/", "沈阳市房产局", "2101000045"),
    "daozhen_hr_bureau": ("http://www.gzdzhrss.com/index.html", "道真县人力资源和社会保障局", "未能认定"),
}


@pytest.fixture(scope="module")
def truth_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """District file of a small portal, served while the tests of this file run."""
    portal = build(departments=4, towns=2)
    with serve(portal) as served:
        yield portal.write_district(tmp_path_factory.mktemp("portal"), served.ports)


def run(*words: str) -> str:
    done = runner.invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def refusal(*words: str) -> str:
    done = runner.invoke(app, list(words))
    assert isinstance(done.exception, NightError), done.output
    return str(done.exception)


def test_portal_is_proposed_as_it_is(truth_file: Path, tmp_path: Path) -> None:
    truth, out = read_district(truth_file), tmp_path / "proposed.toml"
    allow = [word for pair in truth.network.allow for word in ("--allow", pair)]
    said = run("probe", truth.home, "--out", str(out), *allow, "--data", str(tmp_path / "data"))
    assert "地区：云川区" in said
    assert "网站标识码：5009990001" in said
    assert "云川区" in run("catalog", "check", str(out))
    proposed = read_district(out)
    assert (proposed.home, proposed.name, proposed.network.delay_seconds) == (truth.home, truth.name, 0)
    aliases = load_catalogue().organ_aliases
    meant = [resolve(one.name, truth, aliases) for one in proposed.organs]
    assert None not in meant
    assert len({one.id for one in meant if one}) == len(proposed.organs)
    assert {one.kind for one in proposed.organs} <= {one.kind for one in truth.organs}
    assert all(one.kind is resolved.kind for one, resolved in zip(proposed.organs, meant, strict=True) if resolved)
    assert list((tmp_path / "data").rglob("*.warc*"))


def test_found_units_are_nearly_all(truth_file: Path, tmp_path: Path) -> None:
    truth, out = read_district(truth_file), tmp_path / "proposed.toml"
    directories = ",".join(truth.directories)
    for file in truth_file.parent.glob("demo_*.toml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    run("probe", truth.home, "--out", str(out), "--directories", directories, "--as-of", "2021-11-30")
    proposed = read_district(out)
    assert proposed.directories == truth.directories
    aliases = load_catalogue().organ_aliases
    found = {one.id for organ in truth.organs if (one := resolve(organ.name, proposed, aliases)) is not None}
    assert len(found) == len(truth.organs)


def test_without_out_the_file_is_all_that_is_printed(truth_file: Path) -> None:
    home = read_district(truth_file).home
    done = runner.invoke(app, ["probe", home], catch_exceptions=False)
    assert tomllib.loads(done.stdout)["home"] == home
    assert "地区：云川区" in done.stderr


@pytest.mark.parametrize("url", ["", "ftp://a.gov.cn/", "http://", "http://a b/"])
def test_what_is_no_address(url: str) -> None:
    assert "https://www.example.gov.cn/" in refusal("probe", url)


def test_allow_wants_host_and_port() -> None:
    assert "host:port" in refusal("probe", "http://127.0.0.1:9/", "--allow", "127.0.0.1")


def test_private_address_is_not_visited_unless_allowed(tmp_path: Path) -> None:
    out = tmp_path / "proposed.toml"
    assert "地址不在允许访问的范围内" in refusal("probe", "http://10.0.0.1/", "--out", str(out))
    assert not out.exists()


def test_unknown_directory_is_refused_before_anything_is_fetched() -> None:
    done = runner.invoke(app, ["probe", "http://127.0.0.1:9/", "--directories", "national_bas"])
    assert 'did you mean "national_base"' in str(done.exception)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", RECORDED)
def test_recorded_bureau_is_one_organ(name: str, tmp_path: Path) -> None:
    url, bureau, code = RECORDED[name]
    out = tmp_path / "proposed.toml"
    said = run("probe", url, "--replay", str(SHARED / "real" / f"{name}.warc.gz"), "--out", str(out))
    assert f"单位网站：{bureau}" in said
    assert f"网站标识码：{code}" in said
    assert "可走查" in run("catalog", "check", str(out))
    organs = [one for one in read_district(out).organs if not one.implied]
    assert [(one.name, one.kind, one.entry) for one in organs] == [(bureau, OrganKind.DEPARTMENT, url)]
