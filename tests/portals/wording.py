"""Chinese words of the demonstration portal: titles and paragraphs that look real and name no real person."""

from __future__ import annotations

import random
from datetime import date

PLACE = "云川区"

FOLDERS = {
    "政务公开": "zwgk",
    "政府信息公开": "zfxxgk",
    "政府信息公开目录": "zfxxgkml",
    "政府信息公开指南": "zfxxgkzn",
    "政府信息公开制度": "zfxxgkzd",
    "政府信息公开年报": "zfxxgknb",
    "依申请公开": "ysqgk",
    "法定主动公开内容": "fdzdgknr",
    "规划信息": "ghxx",
    "国民经济和社会发展规划": "gmjjhshfzgh",
    "专项规划": "zxgh",
    "国土空间规划": "gtkjgh",
    "预算/决算": "ysjs",
    "收费项目": "sfxm",
    "机关简介": "jgjj",
    "联系我们": "lxwm",
    "履职依据": "lzyj",
    "行政法规": "xzfg",
    "国务院部门规章": "gwybmgz",
    "市政府规章": "zfgz",
    "本区县（本部门）规范性文件": "xzgfxwj",
    "现行有效": "xxyx",
    "失效/废止": "sxfz",
    "市场准入负面清单": "sczrfmqd",
    "建设高标准市场体系": "gbzsctx",
    "地方政府债务": "dfzfzw",
    "“六稳”“六保”": "lwlb",
    "重要政策": "zyzc",
    "政策解读": "zcjd",
    "视频": "spjd",
    "图片": "tpjd",
    "文字": "wzjd",
    "法治政府建设年度报告": "fzzfjsndbg",
    "政府公报": "zfgb",
    "公共企事业单位信息公开": "ggqsydwxxgk",
    "惠民惠农资金": "hmhnzj",
    "疫情防控": "yqfk",
    "防疫服务": "fyfw",
    "核酸检测点": "hsjcd",
    "发热门诊": "frmz",
    "疫苗接种点": "ymjzd",
    "爱国卫生运动": "agwsyd",
    "健康中国重庆行动": "jkzgcqxd",
    "健康科普": "jkkp",
    "政务动态": "zwdt",
    "工作动态": "gzdt",
    "重点工作进展": "zdgzjz",
    "年度工作计划": "ndgzjh",
    "通知文件": "tzwj",
    "政策解读材料": "zcjdcl",
    "领导信息": "ldxx",
    "内设机构": "nsjg",
    "新闻中心": "xwzx",
    "政务要闻": "zwyw",
    "部门动态": "bmdt",
    "镇街动态": "zjdt",
    "通知公告": "tzgg",
    "基层政务公开": "jczwgk",
    "标准目录": "bzml",
    "村（居）务公开目录": "cjwgkml",
    "公共资源配置": "ggzypz",
    "重大建设项目": "zdjsxm",
    "公开信箱": "gkxx",
    "渝快办": "ykb",
    "便民服务": "bmfw",
    "办事须知": "bsxz",
}

# Titles by label; {p} is the organ or place, {y} the year.
_TITLES: dict[str, tuple[str, ...]] = {
    "预算/决算": (
        "{p}{y}年部门预算公开说明",
        "{p}{y}年部门决算情况说明",
        "{p}{y}年“三公”经费预算公开表",
        "{p}{y}年预算绩效目标公开",
    ),
    "联系我们": ("{p}联系方式",),
    "收费项目": ("{p}{y}年行政事业性收费目录清单", "{p}政府信息公开信息处理费收费标准（{y}年）"),
    "国民经济和社会发展规划": (
        "{p}{y}年国民经济和社会发展计划执行情况的报告",
        "{p}第十三个五年规划纲要中期评估报告（{y}）",
    ),
    "专项规划": ("{p}“十四五”生态环境保护规划（{y}年印发）", "{p}“十四五”综合交通运输发展规划（{y}年印发）"),
    "国土空间规划": ("{p}国土空间总体规划公示（{y}）", "{p}土地利用总体规划调整方案（{y}年）"),
    "行政法规": (
        "优化营商环境条例（国务院令第722号）",
        "政府投资条例（国务院令第712号）",
        "重大行政决策程序暂行条例（{y}）",
    ),
    "国务院部门规章": ("行政许可实施管理办法（{y}年）", "市场主体登记管理办法（{y}年）"),
    "市政府规章": ("重庆市行政规范性文件管理办法（{y}年）", "重庆市城市供水节水管理办法（{y}年）"),
    "现行有效": ("{p}关于印发《行政规范性文件管理实施细则》的通知（{y}年）", "{p}关于加强扬尘污染防治的通告（{y}年）"),
    "失效/废止": ("{p}关于废止部分行政规范性文件的决定（{y}年）",),
    "重要政策": ("{p}关于做好{y}年稳就业保民生工作的通知", "{p}支持中小微企业发展若干措施（{y}年）"),
    "政策解读": ("《{p}支持中小微企业发展若干措施》政策解读（{y}年）",),
    "视频": ("视频解读：{p}{y}年稳岗返还政策",),
    "图片": ("一图读懂：{p}{y}年稳岗返还政策",),
    "文字": ("《{p}{y}年稳岗返还政策》文字解读",),
    "政府公报": ("{p}人民政府公报{y}年第三期", "{p}人民政府公报{y}年第二期"),
    "地方政府债务": ("{p}{y}年地方政府债务限额及余额情况",),
    "惠民惠农资金": ("{p}{y}年耕地地力保护补贴发放公示", "{p}{y}年惠民惠农“一卡通”补贴政策清单"),
    "市场准入负面清单": ("{p}市场准入事项动态调整说明（{y}年）",),
    "建设高标准市场体系": ("{p}建设高标准市场体系行动落实举措（{y}年）",),
    "工作动态": (
        "{p}召开{y}年重点工作推进会",
        "{p}开展安全生产大检查",
        "{p}组织干部职工参加志愿服务",
        "{p}深入基层走访调研",
    ),
    "通知文件": ("{p}关于印发{y}年工作要点的通知", "{p}关于进一步做好便民服务的通知（{y}年）"),
    "重点工作进展": (
        "{p}{y}年重点工作进展情况通报",
        "{p}重点项目推进情况（{y}年）",
        "{p}民生实事办理进度公示（{y}年）",
    ),
    "年度工作计划": ("{p}{y}年工作计划", "{p}{y}年重点任务清单"),
    "政府信息公开年报": ("{p}{y}年政府信息公开工作年度报告",),
    "政府信息公开指南": ("{p}政府信息公开指南（{y}年版）",),
    "政府信息公开制度": ("{p}政府信息公开审查制度（{y}年修订）",),
}
_GENERIC = ("{p}关于{label}有关情况的公告（{y}年）", "{p}{y}年{label}公开内容", "{p}{label}动态更新说明（{y}年）")

_OPENINGS = (
    "为贯彻落实上级工作部署，结合本单位实际，现将有关情况公布如下。",
    "根据有关法律法规和文件要求，现就相关事项予以公布，欢迎社会各界监督。",
    "按照政务公开工作要点任务分工，现将本年度有关工作情况公开如下。",
)
_BODIES = (
    "一是加强组织领导，明确责任分工，建立工作台账，按月调度推进，确保各项任务落到实处。",
    "二是规范办理流程，压缩办理时限，推行一次性告知，切实方便企业和群众办事。",
    "三是加强宣传解读，通过政府网站、政务新媒体等渠道及时发布信息，回应社会关切。",
    "四是强化监督检查，定期开展自查，发现问题立即整改，形成长效机制。",
)
_UNRELATED = (
    "{p}篮球协会举办友谊赛",
    "{p}老年大学书画班招生启事",
    "周末天气晴好适宜踏青赏花",
    "{p}摄影爱好者作品选登",
    "冬季养生小常识",
    "美食推荐：家常豆花的做法",
)


def titles(label: str, place: str, year: int, count: int) -> list[str]:
    """``count`` different titles for a column, the first as fitting as the rest."""
    patterns = _TITLES.get(label, _GENERIC)
    made: list[str] = []
    step = 0
    while len(made) < count:
        pattern = patterns[step % len(patterns)]
        turn = step // len(patterns)
        title = pattern.format(p=place, y=year - (turn % 4 if "{y}" in pattern else 0), label=label)
        if title in made:
            title = f"{title}（{turn + 1}）" if not title.endswith("）") else f"{title[:-1]}·{turn + 1}）"
        made.append(title)
        step += 1
    return made


def unrelated(place: str, count: int) -> list[str]:
    """Titles that have nothing to do with any mandated column."""
    return [_UNRELATED[number % len(_UNRELATED)].format(p=place) for number in range(count)]


def paragraphs(rng: random.Random, title: str) -> list[str]:
    """Body text of an ordinary article."""
    chosen = rng.sample(range(len(_BODIES)), 2)
    return [f"{title}。{rng.choice(_OPENINGS)}", *(_BODIES[number] for number in sorted(chosen)), "特此公布。"]


def telephone(rng: random.Random) -> str:
    """An office telephone number in a block that is not assigned."""
    return f"023-5800{rng.randrange(1000, 9999)}"


def statement_title(place: str, label: str, year: int) -> str:
    """Title of a 情况说明."""
    return f"关于{place}{year}年度无{label}相关信息的情况说明"


def shown_date(day: date, style: str) -> str:
    """A date as a list prints it."""
    return {
        "dashes": day.isoformat(),
        "dots": f"{day:%Y.%m.%d}",
        "slashes": f"{day.year}/{day.month}/{day.day}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
        "no_year": f"{day:%m-%d}",
        "time": f"{day.isoformat()} 09:30:00",
        "none": "",
    }[style]
