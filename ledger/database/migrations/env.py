"""What Alembic runs: migrations on the connection that the engine hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from ledger.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
