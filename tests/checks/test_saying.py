"""Words: times in +08:00, labels quoted, long lists and titles cut."""

from __future__ import annotations

from seen_records import AT

from checks.saying import listed, moment, quoted, titled


def test_times_are_of_shanghai():
    assert moment(AT) == "2021-11-30 10:00"
    assert moment(None) == "本次核验"


def test_labels():
    assert quoted("“六稳”“六保”") == "“‘六稳’‘六保’”"
    assert listed(["甲", "甲", " ", "乙"]) == "列有“甲”、“乙”"
    assert listed([]) == "的内容中没有栏目或条目"
    assert listed(str(n) for n in range(20)).endswith("“11”等20项")


def test_titles():
    assert titled("《甲》") == "《甲》"
    assert titled("甲" * 70) == "《" + "甲" * 60 + "……》"
