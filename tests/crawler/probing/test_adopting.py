"""Which directories fit a place: FAIRNESS's table; a place of the same name elsewhere is not bound."""

from __future__ import annotations

import pytest

from crawler.probing.adopting import adopt

WANZHOU = ("wanzhou_2021_46", "yu_2020_58", "yu_2021_100")


@pytest.mark.parametrize(
    ("place", "code", "words", "directories"),
    [
        ("万州区", "5001010001", "", WANZHOU),
        ("万州区", "", "", WANZHOU),
        ("万州区", "3305020001", "", ("national_base",)),
        ("垫江县", "5002310001", "", ("dianjiang_2021_22", "yu_2020_58")),
        ("江北区", "5001050001", "", ("jiangbei_2021_39", "yu_2020_58")),
        ("江北区", "3302050001", "", ("national_base",)),
        ("江北区", "", "重庆市江北区", ("jiangbei_2021_39", "yu_2020_58")),
        ("江北区", "", "宁波", ("national_base",)),
        ("临渭区", "", "", ("linwei_2022_33",)),
        ("云川区", "5009990001", "重庆", ("national_base",)),
        ("", "", "", ("national_base",)),
    ],
)
def test_directories(place: str, code: str, words: str, directories: tuple[str, ...]) -> None:
    assert adopt(place, code, words).directories == directories
