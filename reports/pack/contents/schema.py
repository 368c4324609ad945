"""JSON Schema (2020-12) of a line, from its dataclass: what a table may hold is said once, in the hints."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal

from reports.pack.canonical import Canonical
from reports.pack.contents.titles import FIELD_TITLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Canonical]

_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"
_DATE = r"^\d{4}-\d\d-\d\d$"


class SchemaError(TypeError):
    """Raised when a hint has no schema, from ``schema_of``."""


def table_schema(name: str, title: str, kind: type) -> Schema:
    """The whole schema of one table's lines, strict: no property more, none less."""
    return {**_head(name, title), **schema_of(kind)}


def variants_schema(name: str, title: str, lead: type, variants: Mapping[str, type]) -> Schema:
    """Schema of lines of several kinds: the fields of ``lead``, ``kind``, and the fields of the variant it names."""
    shapes: list[Canonical] = []
    for kind, variant in variants.items():
        first, then = _properties(lead), _properties(variant)
        told: Schema = {"const": kind, "title": FIELD_TITLES["kind"]}
        shapes.append(_object({**first, "kind": told, **then}, title=_title(variant)))
    return {**_head(name, title), "oneOf": shapes}


def schema_of(hint: Any) -> Schema:
    """Schema of one hint.

    Raises:
        SchemaError: when no rule fits the hint.
    """
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return {**schema_of(arguments[0]), "pattern": str(arguments[1])}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [schema_of(one) for one in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return _array(arguments)
    if origin is frozenset:
        return {"type": "array", "items": schema_of(arguments[0]), "uniqueItems": True}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(arguments)
    if is_dataclass(hint):
        return _object(_properties(hint), title=_title(hint))
    return _plain(hint)


def _head(name: str, title: str) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:mingcha:pack-1:{name}", "title": title}


def _properties(kind: Any) -> Schema:
    hints = typing.get_type_hints(kind, include_extras=True)
    return {one.name: {"title": FIELD_TITLES[one.name], **schema_of(hints[one.name])} for one in fields(kind)}


def _object(properties: Schema, title: str) -> Schema:
    return {
        "type": "object",
        "title": title,
        "properties": properties,
        "required": [*sorted(properties)],
        "additionalProperties": False,
    }


def _title(kind: Any) -> str:
    return (inspect.getdoc(kind) or "").splitlines()[0]


def _array(arguments: tuple[Any, ...]) -> Schema:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return {"type": "array", "items": schema_of(arguments[0])}
    count = len(arguments)
    parts: list[Canonical] = [schema_of(one) for one in arguments]
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": count, "maxItems": count}


def _mapping(arguments: tuple[Any, ...]) -> Schema:
    key, value = arguments
    if isinstance(key, type) and issubclass(key, Enum):
        names: Schema = {str(one.value): schema_of(value) for one in key}
        return {"type": "object", "properties": names, "additionalProperties": False}
    return {"type": "object", "additionalProperties": schema_of(value)}


def _plain(hint: Any) -> Schema:
    if hint is type(None):
        return {"type": "null"}
    if isinstance(hint, type):
        if issubclass(hint, Enum):
            return {"type": "string", "enum": [str(one.value) for one in hint]}
        if issubclass(hint, datetime):
            return {"type": "string", "pattern": _MOMENT}
        if issubclass(hint, date):
            return {"type": "string", "pattern": _DATE}
        if hint in (str, int, bool):
            return {"type": {str: "string", int: "integer", bool: "boolean"}[hint]}
    raise SchemaError(f"{hint!r}: no rule gives this type a schema")
