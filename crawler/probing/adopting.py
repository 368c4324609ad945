"""Which directories fit a place (适用目录): FAIRNESS's table as data, and the national base everywhere else; pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

NATIONAL = "national_base"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Adoption (适用建议): directories proposed for a place, and why (in Chinese, for the file's comment)."""

    directories: tuple[str, ...]
    why: str


@cache
def _table() -> tuple[dict[str, object], ...]:
    table = tomllib.loads(files("crawler.probing").joinpath("adoptions.toml").read_text(encoding="utf-8"))
    return tuple(table["adoption"])


def adopt(place: str, site_code: str, words: str) -> Adoption:
    """Directories that fit a place.

    Names of districts are not unique (江北区): the site's number, which begins with the place's code, decides; where
    no number is known the province must be named on the home page.

    Args:
        site_code: 网站标识码, or empty.
        words: what the home page says of itself.
    """
    for one in _table():
        if one["place"] != place:
            continue
        code, province = str(one["code"]), str(one["province"])
        listed = one["directories"]
        assert isinstance(listed, list)
        adoption = Adoption(tuple(listed), f"{province}{place}")
        if site_code.startswith(code):
            return replace(adoption, why=f"{province}{place}，网站标识码以行政区划代码 {code} 开头")
        if site_code[:6].isdigit() and not (one["unique"] and site_code.startswith(code[:2])):
            return Adoption((NATIONAL,), f"网站标识码 {site_code} 不是{province}{place}的（{code}），采用全国通用目录")
        if one["unique"]:
            return replace(adoption, why=f"{province}{place}（全国没有同名的；网站标识码未能印证，请核对）")
        if province in words:
            return replace(adoption, why=f"{province}{place}（首页写有“{province}”；未见网站标识码，请核对）")
        why = f"未能确认是{province}的{place}，采用全国通用目录；可改为 {'、'.join(listed)}"
        return Adoption((NATIONAL,), why)
    return Adoption((NATIONAL,), "没有本地通知可用，采用全国通用目录")
