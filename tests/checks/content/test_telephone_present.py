"""A telephone: any number that a reader would take for one."""

from __future__ import annotations

import pytest
from seen_records import NOT_APPLICABLE, SATISFIED, accused, column, listing, obligation, outcome_of, rule, unsure

from ledger.observation import ColumnShape, Reach, Table
from ledger.reason import Reason
from ledger.standing import Standing
from ledger.verdict import Outcome

CHECK = "content.telephone_present"


PHONES = Table(("单位", "电话"), (("区财政局", "58225000"),))
DATES = Table(("单位", "日期"), (("区财政局", "20210603"),))


def text(words, **changes):
    return listing(**{"shape": ColumnShape.ARTICLE, "text": words, **changes})


@pytest.mark.parametrize(
    "words",
    [
        "023-58225000",
        "（023）58225000",
        "023 58225000",
        "联系电话：58225000",
        "13800001234",
        "400-810-1234",
        "热线12345",
        "023 5822 5000",
        "（023）5822-5000",
        "联系方式：58225000",
        "Tel: 5822 5000",
        "138 0000 1234",
        "电话：０２３－５８２２５０００",
        "办公时间：9:00-12:00 电话58225000/58225001",
        "监督电话\n58225000转8001",
        "邮编：404000电话58225000",
        "可拨打12366咨询",
        "联系电话\n邮政编码\n023-58225000\n404000",
        "Tel.023-58225000",
        "TEL02358225000",
        "电话:58225000QQ:12345678",
        "办公室023-58225000Email:a@b.cn",
        "12345政务服务便民热线",
        "索引号：11500999MB38696K/2021-18708 联系电话：58225000",
    ],
)
def test_numbers(words):
    assert outcome_of(rule(CHECK, obligation(), column(), text(words))) == SATISFIED


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (text("地址：江南新区；邮编404000；2021-11-30"), accused(Standing.INCOMPLETE)),
        (text("索引号 115001015811012345"), accused(Standing.INCOMPLETE)),
        (text("索引号 01156021052/2021-12596"), accused(Standing.INCOMPLETE)),
        (text("联系我们\n索引号\n11500999MB38696K/2021-18708\n发布机构"), accused(Standing.INCOMPLETE)),
        (text("联系方式\n统一社会信用代码：11500101009999999X"), accused(Standing.INCOMPLETE)),
        (text("咨询时间：工作日9:00-12:00，14:00-18:00"), accused(Standing.INCOMPLETE)),
        (text("联系我们 2021-11-30 09:00 万州财发〔2021〕0012号"), accused(Standing.INCOMPLETE)),
        (text("联系我们 索引号：000014349/2021-0012"), accused(Standing.INCOMPLETE)),
        (text("主办：区政府办公室 标识码5009990001 渝ICP备05001234号"), accused(Standing.INCOMPLETE)),
        (text("举报 12345"), unsure(Reason.AMBIGUOUS)),
        (text("单位：5 8 2 2 5 0 0 0"), unsure(Reason.AMBIGUOUS)),
        (text("区财政局 58225000"), unsure(Reason.AMBIGUOUS)),
        (text("发布日期：20211130"), accused(Standing.INCOMPLETE)),
        (listing(shape=ColumnShape.TABLE, tables=(PHONES,)), SATISFIED),
        (listing(shape=ColumnShape.TABLE, tables=(DATES,)), accused(Standing.INCOMPLETE)),
        (text("扫码", images=("a.png",)), unsure(Reason.ATTACHMENT_UNREAD)),
        (listing(), NOT_APPLICABLE),
        (text("我单位本年度无相关信息"), (Outcome.SATISFIED, Standing.STATEMENT, None)),
    ],
)
def test_no_number(held, expected):
    assert outcome_of(rule(CHECK, obligation(), column(), held)) == expected


def test_nothing_is_said_of_a_column_not_there():
    assert outcome_of(rule(CHECK, obligation(), column(Reach.ABSENT))) == NOT_APPLICABLE
