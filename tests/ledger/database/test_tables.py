"""What was seen and judged cannot be changed, and any text of a page can be stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Table, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from ledger.database import tables
from ledger.database.engine import open_engine
from ledger.ledger import Ledger
from ledger.night import Look


@pytest.mark.parametrize("table", tables.APPEND_ONLY, ids=lambda table: table.name)
def test_what_was_written_stays(full_ledger: Ledger, database_url: str, table: Table) -> None:
    engine = open_engine(database_url)
    count = select(func.count()).select_from(table)
    first = next(iter(table.columns))
    statements = [delete(table), update(table).values({column: column for column in table.columns})]
    if engine.dialect.name == "postgresql":
        statements.append(text(f"TRUNCATE {table.name} CASCADE"))  # type: ignore[arg-type]

    for statement in statements:
        with pytest.raises(DBAPIError, match="is append-only"), engine.begin() as connection:
            connection.execute(statement)

    with engine.connect() as connection:
        assert connection.execute(count).scalar_one() > 0
        assert connection.execute(select(first)).first() is not None
    engine.dispose()


def test_every_table_is_append_only_or_known_to_change() -> None:
    changing = set(tables.metadata.tables) - {table.name for table in tables.APPEND_ONLY}

    assert changing == {table.name for table in tables.CHANGING} == {"night", "look"}


@pytest.mark.parametrize("page_text", ["公开", "", '"', '"a"', "a\x00b", "\ud800", "line\nbreak", "\u3000", None])
def test_any_text_of_a_page_can_be_stored(
    database_url: str, reopen: Callable[..., Ledger], look: Look, page_text: str | None
) -> None:
    reopen().close()
    engine = open_engine(database_url)
    kind = tables.PageText()
    row = {"look_id": look.id, "key_digest": "0" * 64, "kind": "page", "method": "GET", "body": b""}
    with engine.begin() as connection:
        connection.execute(insert(tables.visit), {**row, "key": page_text or "", "url": "u", "referrer": "r"})
        stored = connection.execute(select(tables.visit.c.key)).scalar_one()
    engine.dispose()

    assert stored == (page_text or "")
    bound = kind.process_bind_param(page_text, engine.dialect)
    assert kind.process_result_value(bound, engine.dialect) == page_text
