"""What marks a file as a project, and the version of its schema. Without SQLAlchemy: a look at a file is quick."""

APPLICATION_ID = 0x414E4E54  # "ANNT"
SCHEMA_VERSION = 3
LATEST_REVISION = "0003"  # the alembic revision of SCHEMA_VERSION
