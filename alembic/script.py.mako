<% dq = lambda value: "None" if value is None else repr(value).replace("'", '"') %>\
"""${message}.

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${dq(up_revision)}
down_revision = ${dq(down_revision)}
branch_labels = ${dq(branch_labels)}
depends_on = ${dq(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
