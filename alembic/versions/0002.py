"""Rounds by source, breakers of hosts, freshness of answers.

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
    op.create_table(
        "breakers",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_breakers")),
    )
    op.create_table(
        "source_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("listings", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("fallback", sa.Integer(), nullable=False),
        sa.Column("failed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_source_rounds_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_rounds")),
    )
    with op.batch_alter_table("source_rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_rounds_ended"), ["ended"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_rounds_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_rounds_source_ended"), ["source", "ended"], unique=False)

    with op.batch_alter_table("failures", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("identity", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_failures_identity"), ["identity"], unique=False)

    with op.batch_alter_table("validators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("covers_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("validators", schema=None) as batch_op:
        batch_op.drop_column("covers_from")
        batch_op.drop_column("fresh_until")

    with op.batch_alter_table("failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failures_identity"))
        batch_op.drop_column("identity")
        batch_op.drop_column("source")

    with op.batch_alter_table("source_rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_rounds_source_ended"))
        batch_op.drop_index(batch_op.f("ix_source_rounds_run_id"))
        batch_op.drop_index(batch_op.f("ix_source_rounds_ended"))

    op.drop_table("source_rounds")
    op.drop_table("breakers")
