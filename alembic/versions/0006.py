"""The people at the desk: users, deputies, sessions, tries to sign in, and the audit log.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("code_secret", sa.String(), nullable=True),
        sa.Column("code_step", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    op.create_table(
        "deputies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent", sa.String(), nullable=False),
        sa.Column("acting", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["absent"], ["users.pseudonym"], name=op.f("fk_deputies_absent_users")),
        sa.ForeignKeyConstraint(["acting"], ["users.pseudonym"], name=op.f("fk_deputies_acting_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputies_absent"), ["absent"], unique=False)
        batch_op.create_index(batch_op.f("ix_deputies_acting"), ["acting"], unique=False)
    op.create_table(
        "desk_sessions",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_code", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.pseudonym"], name=op.f("fk_desk_sessions_user_users")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_desk_sessions")),
    )
    with op.batch_alter_table("desk_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_sessions_expires"), ["expires"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_sessions_user"), ["user"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("success", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_address_moment"), ["address", "moment"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_login_address"), ["login", "address"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_moment"), ["moment"], unique=False)
    op.create_table(
        "audit_log",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=True),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_log")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_log_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_log_previous")),
    )
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_log_pseudonym"), ["pseudonym"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_log_subject"), ["subject"], unique=False)
    _refuse_changes_of_the_audit_log()


def _refuse_changes_of_the_audit_log() -> None:
    # A later migration that copies the table (batch mode on SQLite) has to make these again.
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_log_no_{deed.lower()} BEFORE {deed} ON audit_log "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is insert-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_log_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is insert-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_insert_only()"
    )


def downgrade() -> None:
    for table in ("audit_log", "attempts", "desk_sessions", "deputies", "users"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_log_is_insert_only()")
