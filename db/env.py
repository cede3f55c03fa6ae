"""Alembic's way in. The program hands its own connection over; `alembic -x db=PATH` opens one for a developer."""

from __future__ import annotations

from pathlib import Path

from alembic import context

from checkin_tui.store.engine import make_engine
from checkin_tui.store.schema import metadata


def _migrate(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    arguments = context.get_x_argument(as_dictionary=True)
    if "db" not in arguments:
        raise SystemExit("Which file? alembic -x db=PATH …")
    with make_engine(Path(arguments["db"])).connect() as own:
        _migrate(own)
        own.commit()
