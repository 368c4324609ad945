"""A lead unit's table: its requirements in the notice's order; nothing unconfirmed is said."""

from __future__ import annotations

import literal

from reports.lead_report import lead_report


def test_requirements_stand_in_row_order_with_all_responsible_units() -> None:
    page = lead_report(literal.view(), literal.FINANCE)
    assert page.index("财政预决算信息") < page.index("对外联系电话") < page.index("政务公开专区")
    assert page.count("区财政局") >= 2


def test_a_suspect_is_only_said_to_be_looked_at_again() -> None:
    page = lead_report(literal.view(), literal.FINANCE)
    assert "复看中" in page
    assert "疑似空白栏目" not in page
