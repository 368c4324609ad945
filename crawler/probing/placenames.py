"""Names of places in names of governments and units: the innermost one, and what level it is; pure."""

from __future__ import annotations

import re

_UPPER = re.compile(r"^[一-龥]{2,}?(?:自治区|自治州|地区|省|盟|市|[一-龥]州)(?=[一-龥]{2,}(?:区|县|市|旗|州|盟)$)")
_PLACE = r"[一-龥]{1,20}?(?:自治县|自治旗|自治州|自治区|林区|特区|新区|区|县|市|旗|盟|州|省)"
_GOVERNMENT = re.compile(rf"({_PLACE})(?:人民政府|政府(?=网|门户|信息|官|$)|政务(?=网|公开))")
_LEADING = re.compile(r"^[一-龥]{2,11}?(?:自治县|自治旗|自治州|自治区|新区|区|县|市|旗|州|盟|省)|^[一-龥]县")
_OWN_WORDS = ("市场", "市政", "市容", "市民", "区划", "区块", "县域", "州府", "省际")
"""A level's character that begins the unit's own name instead (万州区市场监督管理局)."""
_NO_PLACE = re.compile(r"城市|城区|社区|小区|园区|辖区|林区|景区|地区$|开发区|保税区|高新区|经开区|港区")
_PEOPLES = (
    "各族|(?:土家|仡佬|布依|苗|侗|壮|瑶|彝|回|藏|羌|白|傣|畲|满|黎|水|毛南|仫佬|蒙古|达斡尔|哈萨克|朝鲜|傈僳|纳西)族"
)
_STARTS = ("中国共产党", "中国共产", "中共", "中国", "国家税务总局", "国家统计局", "国家")


def innermost(place: str) -> str:
    """A place without the places it lies in (重庆市万州区 is 万州区); itself where nothing stands before it."""
    while found := _UPPER.match(place):
        place = place[found.end() :]
    return place


def government_place(text: str) -> str:
    """The place whose government a name speaks of (铜陵市义安区人民政府, 万州区政府网), or empty."""
    for found in _GOVERNMENT.finditer("".join(text.split())):
        before = found.group(1)
        for start in _STARTS:
            before = before.removeprefix(start)
        place = innermost(_longest(before))
        if len(place) >= 2:
            return place
    return ""


def _longest(text: str) -> str:
    """Words before a place's name are cut off where punctuation was lost (欢迎访问万州区)."""
    for word in ("欢迎访问", "欢迎来到", "欢迎光临", "主办单位", "主办", "承办", "版权所有", "走进", "今日", "魅力"):
        at = text.rfind(word)
        if at >= 0:
            text = text[at + len(word) :]
    return text


def leading_place(name: str) -> str:
    """The innermost place that a unit's name begins with (沈阳市房产局: 沈阳市), or empty."""
    for start in _STARTS:
        name = name.removeprefix(start)
    place, rest = "", name
    while found := _LEADING.match(rest):
        word = found.group()
        after = rest[found.end() - 1 :]
        if after.startswith(_OWN_WORDS) or _NO_PLACE.search(word) or len(rest) - found.end() < 2:
            break
        place, rest = word, rest[found.end() :]
    return place


def bare_place(place: str) -> str:
    """A place's name without its level (万州区: 万州); itself where too little would be left."""
    bare = re.sub(rf"(?:{_PEOPLES})*(?:自治县|自治旗|自治州|新区|区|县|市|旗|州|盟|省)$", "", place)
    return bare if len(bare) >= 2 else place


def level_of(place: str) -> str:
    """The character of a place's level (区, 县, 市 ...), or empty."""
    return place[-1:] if place[-1:] in tuple("区县市旗州盟省") else ""
