"""Other names of columns (栏目别名) and of organs (机构别名), read from data; no matching against pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from catalog.spelling import fold, normalise
from catalog.strict import Entry, load_toml

ORGAN_TEMPLATE = "{organ}"


@dataclass(frozen=True, slots=True)
class Variant:
    """Variant (别名写法): one other spelling of a name, and where it was seen.

    Attributes:
        spelling: as seen; may hold ``{organ}``, to be filled with an organ's name.
        by_place: portals use it for other things too (公开目录), so that it counts by its place alone.
    """

    spelling: str
    source: str
    by_place: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Column names (栏目名称): a mandated label, its other spellings and the labels it may stand under.

    Attributes:
        marks: words of its rows that tell it from another column of the same spelling (法治政府 under 年度报告).
    """

    label: str
    variants: tuple[Variant, ...] = ()
    parents: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnAliases:
    """Alias table of columns (栏目别名表).

    Attributes:
        columns: by folded label.
        mandated: normal forms of every name that a notice of the catalogue gives to a column.
        shared: normal forms that stand under two columns.
        by_place: normal forms that portals use for other things too.
    """

    columns: Mapping[str, Column] = field(default_factory=dict)
    mandated: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    by_place: frozenset[str] = frozenset()

    def variants(self, label: str, organ: str = "") -> tuple[str, ...]:
        """Other spellings of a mandated label, in the order of the data, never the label itself.

        Args:
            label: as printed in the notice.
            organ: name that fills ``{organ}``; templates are left out where it is empty.
        """
        column = self.columns.get(fold(label))
        if column is None:
            return ()
        spellings = (variant.spelling for variant in column.variants)
        filled = (one.replace(ORGAN_TEMPLATE, organ) for one in spellings if organ or ORGAN_TEMPLATE not in one)
        return tuple(dict.fromkeys(one for one in filled if fold(one) != fold(label)))

    def is_ambiguous(self, spelling: str) -> bool:
        """Whether a spelling is itself a mandated name of the catalogue, belongs to two columns, or to other things."""
        form = normalise(spelling)
        return form in self.mandated or form in self.shared or form in self.by_place

    def owners(self, spelling: str) -> tuple[Column, ...]:
        """Columns that go by a spelling, their own label or a variant."""
        form = normalise(spelling)
        return tuple(
            one
            for one in self.columns.values()
            if form == normalise(one.label) or any(form == normalise(variant.spelling) for variant in one.variants)
        )

    def marks(self, label: str) -> tuple[str, ...]:
        """Words of a column's rows that tell it from others of its spelling; empty where the data names none."""
        column = self.columns.get(fold(label))
        return column.marks if column else ()

    def fitting_parents(self, label: str) -> tuple[str, ...]:
        """Labels under which an ambiguous alias of this column is believed; empty where the data names none."""
        column = self.columns.get(fold(label))
        return column.parents if column else ()


@dataclass(frozen=True, slots=True)
class OrganAliases:
    """Alias table of organs (机构别名表): groups of names that mean one unit."""

    groups: tuple[frozenset[str], ...] = ()


def column_aliases(columns: Iterable[Column], labels: Iterable[str]) -> ColumnAliases:
    """The alias table over some columns.

    Args:
        columns: as read, labels all different.
        labels: every step label of every directory, which an alias may collide with.
    """
    listed = tuple(columns)
    owners = Counter(form for column in listed for form in {normalise(variant.spelling) for variant in column.variants})
    return ColumnAliases(
        columns={fold(column.label): column for column in listed},
        mandated=frozenset(normalise(label) for label in (*labels, *(column.label for column in listed))),
        shared=frozenset(form for form, count in owners.items() if count > 1),
        by_place=frozenset(normalise(one.spelling) for column in listed for one in column.variants if one.by_place),
    )


def read_columns(file: Traversable) -> tuple[Column, ...]:
    """Read columns.toml.

    Raises:
        CatalogueError: when it is malformed, a label stands twice or a variant repeats its label.
    """
    entry = load_toml(file)
    entry.only("schema", "column")
    columns = []
    seen: set[str] = set()
    for one in entry.tables("column", label_key="label"):
        one.only("label", "parents", "marks", "variant")
        label = one.text("label")
        if fold(label) in seen:
            raise one.wrong("this label stands twice", "put all its variants under one [[column]]")
        seen.add(fold(label))
        variants = _variants(one, label, one.tables("variant", label_key="spelling"))
        columns.append(Column(label, variants, one.texts("parents"), one.texts("marks")))
    return tuple(columns)


def _variants(entry: Entry, label: str, tables: tuple[Entry, ...]) -> tuple[Variant, ...]:
    variants: dict[str, Variant] = {}
    for one in tables:
        one.only("spelling", "source", "by_place")
        variant = Variant(one.text("spelling"), one.text("source"), one.flag("by_place"))
        form = fold(variant.spelling)
        if form == fold(label):
            raise one.wrong("this variant is the label itself", "take it out")
        if form in variants:
            raise one.wrong("this variant stands twice", "take one of them out")
        variants[form] = variant
    if not variants and not entry.table.get("parents"):
        raise entry.wrong("it has neither a variant nor a parent", "add one, or take it out")
    return tuple(variants.values())


def read_organ_aliases(file: Traversable) -> OrganAliases:
    """Read organs.toml.

    Raises:
        CatalogueError: when it is malformed or a role stands twice.
    """
    entry = load_toml(file)
    entry.only("schema", "organ")
    groups: dict[str, frozenset[str]] = {}
    for one in entry.tables("organ", label_key="role"):
        one.only("role", "variants")
        role = one.text("role")
        if role in groups:
            raise one.wrong("this role stands twice", "put all its variants under one [[organ]]")
        variants = _variants(one, role, one.tables("variants", label_key="spelling"))
        groups[role] = frozenset((role, *(variant.spelling for variant in variants)))
    return OrganAliases(tuple(groups.values()))


def read_levels(file: Traversable) -> frozenset[str]:
    """Read levels.toml: labels of levels that a portal may leave out.

    Raises:
        CatalogueError: when it is malformed or a label stands twice.
    """
    entry = load_toml(file)
    entry.only("schema", "level")
    levels: dict[str, bool] = {}
    for one in entry.tables("level", label_key="label"):
        one.only("label", "may_be_skipped", "source")
        label = one.text("label")
        if label in levels:
            raise one.wrong("this label stands twice", "take one of them out")
        one.text("source")
        levels[label] = one.flag("may_be_skipped")
    return frozenset(label for label, skipped in levels.items() if skipped)
