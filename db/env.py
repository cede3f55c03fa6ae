"""Alembic's way in. The program hands its own connection over (`store.migrations.upgrade`).

A developer who writes a new revision names a file of the program: `alembic -x db=PATH revision --autogenerate`.
Bringing a file to a revision is left to the program, which knows how to do it safely.
"""

from __future__ import annotations

from pathlib import Path

from alembic import context

from checkin_tui.store.engine import check_file, make_engine
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
    path = Path(arguments["db"])
    check_file(path)  # a file of ours, or a refusal: none is made here
    with make_engine(path).connect() as own:
        _migrate(own)
