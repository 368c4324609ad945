"""The roster (机构名册) of the fictional 演示区 and its district file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.district import District, Network, Organ, OrganKind

PLACE = "云川区"
ALLOWED_HOSTS = 2
"""The portal and a department's own host; the platform outside is not the district's, so nothing allows it."""
DIRECTORIES = ("wanzhou_2021_46", "yu_2020_58", "yu_2021_100")


@dataclass(frozen=True, slots=True)
class Seat:
    """Seat (机构位置) of an organ on the portal: its folder, which never tells its name safely."""

    organ: Organ
    folder: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Roster (机构名册) of the demonstration district, the government first."""

    seats: tuple[Seat, ...]

    @property
    def organs(self) -> tuple[Organ, ...]:
        """All organs in the order of the district file."""
        return tuple(seat.organ for seat in self.seats)

    def district(self, adopted: Sequence[str] = ()) -> District:
        """The district as its file will say, ports left open; ``adopted`` are directories beside the built-in ones."""
        return District(
            id="yunchuan",
            name=PLACE,
            home="http://127.0.0.1:1/",
            directories=(*DIRECTORIES, *adopted),
            organs=self.organs,
            roster_complete=True,
            roster_source="演示门户",
            network=Network(allow=("127.0.0.1:1",), delay_seconds=0),
        )


def _organ(organ_id: str, short: str, kind: OrganKind, *aliases: str) -> Organ:
    name = f"{PLACE}{short.removeprefix('区')}"
    return Organ(organ_id, name, kind, short=short, aliases=aliases)


_D, _T, _S = OrganKind.DEPARTMENT, OrganKind.TOWN, OrganKind.SUBDISTRICT
# Two folders are misleading on purpose: copied templates keep the folder of another organ (REAL_PAGES, DOMAIN 7.1).
_DEPARTMENTS = (
    Seat(_organ("reform", "区发展改革委", _D, "区发展和改革委员会"), "fgw_27001"),
    Seat(_organ("finance", "区财政局", _D), "czj_27002"),
    Seat(_organ("health", "区卫生健康委", _D, "区卫生健康委员会"), "wjw_27003"),
    Seat(_organ("justice", "区司法局", _D), "sfj_27004"),
    Seat(_organ("natural_resources", "区规划自然资源局", _D, "区规划和自然资源局"), "sfj_1"),
    Seat(_organ("education", "区教委", _D, "区教育委员会"), "jw_27006"),
    Seat(_organ("market", "区市场监管局", _D, "区市场监督管理局"), "scjgj_27007"),
    Seat(_organ("commerce", "区商务委", _D, "区商务委员会"), "sww_27008"),
    Seat(_organ("human_resources", "区人力社保局", _D, "区人力资源和社会保障局"), "rlsbj_27009"),
    Seat(_organ("ecology", "区生态环境局", _D), "sthjj_27010"),
    Seat(_organ("civil_affairs", "区民政局", _D), "mzj_27011"),
    Seat(_organ("transport", "区交通局", _D), "jtj_27012"),
    Seat(_organ("emergency", "区应急局", _D, "区应急管理局"), "yjj_27013"),
    Seat(_organ("culture", "区文化旅游委", _D, "区文化和旅游发展委员会"), "wlw_27014"),
    Seat(_organ("agriculture", "区农业农村委", _D, "区农业农村委员会"), "nyw_27015"),
    Seat(_organ("economy", "区经济信息委", _D, "区经济和信息化委员会"), "jxw_27016"),
    Seat(_organ("housing", "区住房城乡建委", _D, "区住房和城乡建设委员会"), "zjw_27017"),
    Seat(_organ("urban_management", "区城市管理局", _D), "cgj_27018"),
)
_TOWNS = (
    Seat(Organ("qingshi", f"{PLACE}青石镇人民政府", _T, short="青石镇"), "qsz_77701"),
    Seat(Organ("longqiao", f"{PLACE}龙桥街道办事处", _S, short="龙桥街道"), "lqjd_77702"),
    Seat(Organ("baihe", f"{PLACE}白鹤镇人民政府", _T, short="白鹤镇"), "bhz_77703"),
    Seat(Organ("shuangxi", f"{PLACE}双溪乡人民政府", _T, short="双溪乡"), "qsz_77785"),
    Seat(Organ("jiangkou", f"{PLACE}江口街道办事处", _S, short="江口街道"), "jkjd_77705"),
    Seat(Organ("tieshan", f"{PLACE}铁山镇人民政府", _T, short="铁山镇"), "tsz_77706"),
    Seat(Organ("yunfeng", f"{PLACE}云峰镇人民政府", _T, short="云峰镇"), "yfz_77707"),
    Seat(Organ("meiyuan", f"{PLACE}梅园街道办事处", _S, short="梅园街道"), "myjd_77708"),
)
_GOVERNMENT = (
    Seat(Organ("government", f"{PLACE}人民政府", OrganKind.GOVERNMENT, short="区政府"), ""),
    Seat(Organ("government_office", f"{PLACE}人民政府办公室", OrganKind.DEPARTMENT, short="区政府办公室"), "zfb_27000"),
    Seat(
        Organ("information_centre", f"{PLACE}党政信息中心", OrganKind.INSTITUTION, short="区党政信息中心"), "xxzx_27099"
    ),
)


def roster(departments: int, towns: int) -> Roster:
    """A roster with so many departments (the government's office among them) and towns or subdistricts.

    Raises:
        ValueError: when the generator knows fewer names.
    """
    if not 1 <= departments <= len(_DEPARTMENTS) + 1 or not 0 <= towns <= len(_TOWNS):
        raise ValueError(f"at most {len(_DEPARTMENTS) + 1} departments and {len(_TOWNS)} towns")
    return Roster((*_GOVERNMENT, *_DEPARTMENTS[: departments - 1], *_TOWNS[:towns]))


def _quoted(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def district_text(known: Roster, ports: Sequence[int], adopted: Sequence[str] = ()) -> str:
    """The district file, as a person would write it; ``ports`` in the order of the portal's hosts."""
    lines = [
        "# 演示区：虚构，仅用于演示和测试",
        "schema = 1",
        'id = "yunchuan"',
        f'name = "{PLACE}"',
        f'home = "http://127.0.0.1:{ports[0]}/"',
        f"directories = {_quoted((*DIRECTORIES, *adopted))}",
        "roster_complete = true",
        'roster_source = "演示门户"',
        "[network]",
        f"allow = {_quoted([f'127.0.0.1:{port}' for port in ports[:ALLOWED_HOSTS]])}",
        "delay_seconds = 0",
    ]
    for organ in known.organs:
        lines += [
            "[[organ]]",
            f'id = "{organ.id}"',
            f'name = "{organ.name}"',
            f'short = "{organ.short}"',
            f'kind = "{organ.kind}"',
            f"aliases = {_quoted(organ.aliases)}",
        ]
    return "\n".join(lines) + "\n"
