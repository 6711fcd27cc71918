"""The one chain of alembic migrations. alembic is imported here alone, and only when it is needed (190 ms)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database of `connection` to a revision, inside the transaction that the caller holds.

    `upgrading` says what goes round it: a backup before, foreign keys off, the rows counted after.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
