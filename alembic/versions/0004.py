"""Copies of pictures, and the addresses they came from.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_pictures")),
    )
    op.create_table(
        "picture_addresses",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("asked_width", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["pictures.sha256"], name=op.f("fk_picture_addresses_sha256_pictures")),
        sa.PrimaryKeyConstraint("address", "asked_width", name=op.f("pk_picture_addresses")),
    )
    with op.batch_alter_table("picture_addresses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_addresses_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("picture_addresses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_addresses_sha256"))

    op.drop_table("picture_addresses")
    op.drop_table("pictures")
