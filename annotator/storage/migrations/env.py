"""What alembic runs: the migrations on the connection that `upgrade` was given, never one of its own."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False, render_as_batch=True)
context.run_migrations()
