"""The migrations: from nothing to the tables that the code names, and back again, with data in them."""

import uuid

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade

from casework.app import migrations
from casework.db import db
from tests import factories

FOLDER = str(migrations())


@pytest.fixture
def empty(backend, app_with, tmp_path, request):
    """An app over a database without any table, in its context."""
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        url = request.getfixturevalue("new_database")
    app = app_with(database_url=url)
    with app.app_context():
        yield app


@pytest.fixture
def new_database(pg_url):
    """The address of another database of the same server."""
    name = f"empty_{uuid.uuid4().hex}"
    engine = sa.create_engine(pg_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield pg_url.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _tables():
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_head():
    assert len(ScriptDirectory(FOLDER).get_heads()) == 1


def test_from_nothing_they_make_what_the_code_names(empty):
    upgrade(FOLDER)
    assert _tables() == set(db.metadata.tables)
    with db.engine.connect() as connection:
        found = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(found, db.metadata) == []


def test_they_go_back_to_nothing_and_forward_again_with_data(empty):
    upgrade(FOLDER)
    world = factories.world()
    factories.case(world.actor(world.asha), called="Amina Test")
    db.session.commit()
    db.session.remove()
    downgrade(FOLDER, revision="base")
    assert _tables() == set()
    upgrade(FOLDER)
    assert _tables() == set(db.metadata.tables)


def test_each_step_can_be_taken_back_and_again(empty):
    for script in reversed(list(ScriptDirectory(FOLDER).walk_revisions())):
        upgrade(FOLDER, revision=script.revision)
        downgrade(FOLDER, revision="-1")
        upgrade(FOLDER, revision=script.revision)
    assert _tables() == set(db.metadata.tables)
