"""Where Alembic meets our tables. One set of migrations for SQLite and PostgreSQL."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db
engine = database.engine


def run_offline() -> None:
    """Write the SQL down instead of running it, for operators who want to read it first."""
    context.configure(url=engine.url, target_metadata=database.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the migrations, all of them in one transaction."""
    options = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=database.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
