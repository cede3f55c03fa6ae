"""What is remembered of the columns of files that came in.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "import_columns",
        sa.Column("kind", sa.TEXT(), nullable=False),
        sa.Column("headers", sa.TEXT(), nullable=False),
        sa.Column("columns", sa.TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "headers", name="pk_import_columns"),
        sa.CheckConstraint("kind IN ('members', 'contacts', 'marks')", name=op.f("ck_import_columns_kind")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
