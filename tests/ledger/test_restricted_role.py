"""All that the ledger does, once more as the role that can only add (PostgreSQL)."""

from __future__ import annotations

import pytest
from test_custody_book import (
    test_events_follow_each_other,
    test_processes_that_append_at_once_do_not_fork_the_chain,
)
from test_ledger import *  # noqa: F403 - the very tests, under another role
from test_nights import *  # noqa: F403
from test_recording import *  # noqa: F403
from test_worklist import *  # noqa: F403

from roles import granted_url

__all__ = ["test_events_follow_each_other", "test_processes_that_append_at_once_do_not_fork_the_chain"]

pytestmark = pytest.mark.postgres


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """The database as the program's role, upgraded by its owner beforehand."""
    return granted_url(postgres_url)
