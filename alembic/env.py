"""How alembic reaches the database: through the connection it is handed, or `alembic -x url=sqlite:///FILE …`."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError

from storage.database import engine_of
from storage.schema import Base, Moment


def render_item(kind: str, value: object, _context: AutogenContext) -> str | Literal[False]:
    # A migration stays true when our own types change later: it knows sa alone.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, Moment) else False


def migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=True,  # SQLite alters a table by copying it
        transactional_ddl=True,  # SQLite can, once the driver does not begin by itself (storage.database)
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    handed = context.config.attributes.get("connection")
    if handed is not None:
        migrate(handed)
        return
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not isinstance(url, str) or context.is_offline_mode():
        raise CommandError("name the database: alembic -x url=sqlite:///diembao.db …  (--sql is not supported)")
    with engine_of(url).connect() as connection:
        migrate(connection)


main()
