"""The one chain of alembic migrations. alembic is imported here alone, and only when it is needed (190 ms)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database of `connection` to a revision, inside the transaction that the caller holds.

    The first release needs this only in its tests, which hold the chain against `tables`; the first migration will call
    it on opening, with a backup made before and foreign keys off outside the transaction (see the design's storage.md).
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
