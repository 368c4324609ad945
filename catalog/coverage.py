"""Proof that the directories say what their notices say, both ways; the text of notices is read elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.catalogue import Catalogue
from catalog.notice_text import NoticeText, read_notice, squeeze
from catalog.path import DisclosurePath, PathOrigin
from catalog.requirement import Directory, Requirement


@dataclass(frozen=True, slots=True)
class DirectoryCoverage:
    """Coverage of one directory (标准目录覆盖情况).

    Attributes:
        notice: name of the file that holds its text; empty where it has none (national_base) or none was found.
        requirement_rows: rows of requirement and path that the notice prints or names; customary ones are not counted.
        leaf_columns: different leaf columns among them, by path and item.
        brackets: 公开路径 brackets of the notice that its rows fill.
        quotes: quotes of requirements and of sentences without duty that stand in the notice.
    """

    directory_id: str
    notice: str
    requirements: int
    requirement_rows: int
    leaf_columns: int
    printed_rows: int
    text_rows: int
    customary_rows: int
    pathless: int
    brackets: int
    quotes: int
    no_duty: int


@dataclass(frozen=True, slots=True)
class NoticeCoverage:
    """Coverage of one notice file (通知原文覆盖情况): its printed paths and numbered sentences.

    Attributes:
        sentences: numbered sentences, headings left out.
        by_requirement: how many of them a requirement quotes; the others stand in ``no_duty`` or are a problem.
    """

    notice: str
    directories: tuple[str, ...]
    brackets: int
    headings: int
    sentences: int
    by_requirement: int
    by_no_duty: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage (覆盖核对) of the catalogue against the source notices: counts and every difference."""

    directories: tuple[DirectoryCoverage, ...]
    notices: tuple[NoticeCoverage, ...]
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not self.problems


def cover(catalogue: Catalogue, notices: Path) -> Coverage:
    """Compare every directory with the notice that it is taken from, and every notice with its directories.

    Args:
        notices: folder of the notices' text files (*.txt).
    """
    texts = [read_notice(file) for file in sorted(notices.glob("*.txt"))]
    return compare(tuple(catalogue.directories.values()), texts)


def compare(directories: Sequence[Directory], texts: Sequence[NoticeText]) -> Coverage:
    """Compare directories with notices already read; a file may hold two notices, each with its directory."""
    found = {directory.id: _notice_of(directory, texts) for directory in directories}
    problems: list[str] = []
    covered = []
    for directory in directories:
        text = found[directory.id]
        problems += _directory_problems(directory, text)
        covered.append(_directory_coverage(directory, text))
    notice_rows = []
    for text in texts:
        own = tuple(directory for directory in directories if found[directory.id] is text)
        problems += _bracket_problems(own, text)
        problems += _sentence_problems(own, text)
        notice_rows.append(_notice_coverage(own, text))
    return Coverage(tuple(covered), tuple(notice_rows), tuple(problems))


def _notice_of(directory: Directory, texts: Sequence[NoticeText]) -> NoticeText | None:
    """The file that holds a directory's notice: its 文号 stands there, and most of its quotes."""
    if not directory.notice:
        return None
    candidates = [text for text in texts if text.holds(directory.notice)]
    return max(candidates, key=lambda text: sum(map(text.holds, _quotes(directory))), default=None)


def _named_quotes(directory: Directory) -> list[tuple[str, str]]:
    duties = [(requirement.id, requirement.quote) for requirement in directory.requirements]
    return duties + [(f"no_duty {one.clause}", one.quote) for one in directory.no_duty]


def _quotes(directory: Directory) -> list[str]:
    return [quote for _, quote in _named_quotes(directory)]


def _directory_problems(directory: Directory, text: NoticeText | None) -> Iterator[str]:
    if text is None:
        if directory.notice:
            yield f"{directory.id}：通知文本中找不到“{directory.notice}”，请核对 notice 一项或补充文本"
        for requirement in directory.requirements:
            if any(path.origin is PathOrigin.PRINTED for path in requirement.paths) and not directory.notice:
                name = f"{directory.id}/{requirement.id}"
                yield f"{name}：没有通知文本，路径不能标为 printed，请改为 customary 并注明来源"
        return
    for name, quote in _named_quotes(directory):
        if not text.holds(quote):
            yield f"{directory.id}/{name}：引文“{quote}”不见于 {text.name}，请照原文抄录"
    for requirement in directory.requirements:
        for path in requirement.paths:
            label = path.labels[-1]
            if path.origin is PathOrigin.TEXT and not text.holds(label):
                yield f"{directory.id}/{requirement.id}：正文栏目“{label}”不见于 {text.name}，请照原文写栏目名称"


def _printed(requirement: Requirement) -> list[str]:
    """Printed paths of one requirement as its notice prints them: siblings under one parent joined by "/"."""
    siblings: dict[tuple[str, ...], list[str]] = {}
    for path in requirement.paths:
        if path.origin is PathOrigin.PRINTED:
            siblings.setdefault(path.labels[:-1], []).append(path.labels[-1])
    return [squeeze(">".join((*parents, "/".join(leaves)))) for parents, leaves in siblings.items()]


def _bracket_problems(own: Sequence[Directory], text: NoticeText) -> Iterator[str]:
    rows = [
        (path, f"{directory.id}/{requirement.id}")
        for directory in own
        for requirement in directory.requirements
        for path in _printed(requirement)
    ]
    printed, listed = Counter(text.brackets), Counter(path for path, _ in rows)
    for path in dict.fromkeys((*text.brackets, *(path for path, _ in rows))):
        if printed[path] > listed[path]:
            yield f"{text.name}：公开路径“{path}”在通知中印有 {printed[path]} 处，目录只列 {listed[path]} 处"
        elif printed[path] < listed[path]:
            names = "、".join(name for row, name in rows if row == path)
            yield f"{names}：公开路径“{path}”在 {text.name} 中印有 {printed[path]} 处，目录列了 {listed[path]} 处"


def _quoted_places(text: NoticeText, quotes: Iterable[str]) -> list[int]:
    return [start for quote in quotes for start, _ in text.places(quote)]


def _cover_sentences(own: Sequence[Directory], text: NoticeText) -> tuple[list[bool], list[bool]]:
    """For each numbered sentence that is no heading: quoted by a requirement, listed without duty."""
    duties = _quoted_places(text, (one.quote for directory in own for one in directory.requirements))
    others = _quoted_places(text, (one.quote for directory in own for one in directory.no_duty))
    sentences = [sentence for sentence in text.sentences if not sentence.is_heading]
    return (
        [any(one.start <= place < one.end for place in duties) for one in sentences],
        [any(one.start <= place < one.end for place in others) for one in sentences],
    )


def _sentence_problems(own: Sequence[Directory], text: NoticeText) -> Iterator[str]:
    if not own:
        yield f"{text.name}：没有标准目录以此通知为依据，请补充目录或核对 notice 一项"
        return
    sentences = [sentence for sentence in text.sentences if not sentence.is_heading]
    for sentence, duty, other in zip(sentences, *_cover_sentences(own, text), strict=True):
        if not duty and not other:
            yield f"{text.name}：编号句“{sentence.text[:40]}”既无公开事项引用，也未列入 no_duty"


def _notice_coverage(own: Sequence[Directory], text: NoticeText) -> NoticeCoverage:
    duties, others = _cover_sentences(own, text)
    return NoticeCoverage(
        notice=text.name,
        directories=tuple(directory.id for directory in own),
        brackets=len(text.brackets),
        headings=sum(sentence.is_heading for sentence in text.sentences),
        sentences=len(duties),
        by_requirement=sum(duties),
        by_no_duty=sum(other and not duty for duty, other in zip(duties, others, strict=True)),
    )


def _directory_coverage(directory: Directory, text: NoticeText | None) -> DirectoryCoverage:
    rows = [(requirement, path) for requirement in directory.requirements for path in requirement.paths]
    owed = [(requirement, path) for requirement, path in rows if path.origin is not PathOrigin.CUSTOMARY]
    return DirectoryCoverage(
        directory_id=directory.id,
        notice=text.name if text else "",
        requirements=len(directory.requirements),
        requirement_rows=len(owed),
        leaf_columns=len({(path.labels, requirement.item) for requirement, path in owed}),
        printed_rows=_count(rows, PathOrigin.PRINTED),
        text_rows=_count(rows, PathOrigin.TEXT),
        customary_rows=_count(rows, PathOrigin.CUSTOMARY),
        pathless=sum(not requirement.paths for requirement in directory.requirements),
        brackets=sum(len(_printed(requirement)) for requirement in directory.requirements),
        quotes=sum(text.holds(quote) for quote in _quotes(directory)) if text else 0,
        no_duty=len(directory.no_duty),
    )


def _count(rows: Iterable[tuple[Requirement, DisclosurePath]], origin: PathOrigin) -> int:
    return sum(path.origin is origin for _, path in rows)
