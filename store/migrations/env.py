"""Alembic's entry point: runs migrations on the connection `store.database.upgrade` hands over."""

from alembic import context

from store.schema_monitoring import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
