"""A PostgreSQL role with the program's rights and no others, on a database that another role owns."""

from __future__ import annotations

import itertools

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from ledger.database.engine import open_engine
from ledger.database.granting import grant

_numbers = itertools.count(1)


def plain_role(owner_url: str, attributes: str = "LOGIN") -> str:
    """Make a new role; its name."""
    name = f'Mingcha-{next(_numbers)}-"app"'
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} " + attributes).format(sql.Identifier(name)))
    return name


def url_of(owner_url: str, role: str) -> str:
    """The same database as that role."""
    return make_url(owner_url).set(username=role).render_as_string(hide_password=False)


def granted_url(owner_url: str) -> str:
    """Upgrade the database as its owner, and give its address as a restricted role."""
    engine = open_engine(owner_url)
    role = plain_role(owner_url)
    grant(engine, role)
    engine.dispose()
    return url_of(owner_url, role)
