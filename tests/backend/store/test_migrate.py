import subprocess
import sys
from collections.abc import Iterable

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.settings.resources import ROOT
from backend.store import evaluations
from backend.store.database import Database
from backend.store.migrate import NewerDatabase, _configuration, is_current, upgrade
from backend.store.tables import Table


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Table.metadata) == []


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    upgrade(database)
    assert is_current(database)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    with pytest.raises(NewerDatabase, match=r"from-the-future.*Nothing was changed"):
        upgrade(database)
    assert not is_current(database)


def test_an_empty_database_is_not_current(empty_database: Database) -> None:
    assert not is_current(empty_database)


def test_a_migration_that_fails_leaves_nothing_half_done(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty_database.write() as session:
        session.execute(text("CREATE TABLE request (id INTEGER)"))  # in the way of the last table of the migration
    with pytest.raises(Exception, match="already exists"):
        upgrade(empty_database)
    with empty_database.read() as session:
        names = session.execute(text("SELECT count(*) FROM request")).scalar()
        assert names == 0
    assert not is_current(empty_database)
    with pytest.raises(Exception, match="experiment"), empty_database.read() as session:
        session.execute(text("SELECT * FROM experiment"))


def _execute(database: Database, statements: Iterable[str]) -> None:
    with database.write() as session:
        for statement in statements:
            session.execute(text(statement))


def test_what_is_stored_survives_an_upgrade_that_rebuilds_tables(empty_database: Database) -> None:
    migrations = _configuration(empty_database)
    command.upgrade(migrations, "0001")
    statements = (
        "INSERT INTO experiment VALUES (1, 'old', NULL, '{}', '', 1, 0.0, NULL)",
        'INSERT INTO run (id, experiment_id, "index", seed, state, generation, generations, created_at)'
        " VALUES (1, 1, 0, 1, 'finished', 0, 1, 0.0)",
        "INSERT INTO behaviour VALUES (1, 'k', 'rate_vector', '{}')",
        "INSERT INTO evaluation (id, run_id, behaviour_id, key, fold, specification, state, attempt, lease_expires_at,"
        " sent_at, created_at) VALUES (7, 1, 1, 'k', 0, '{}', 'finished', 1, 0.0, 0.0, 0.0)",
        "INSERT INTO request (id, run_id, evaluation_id, purpose) VALUES (1, 1, 7, 'individual')",
    )
    _execute(empty_database, statements)
    upgrade(empty_database)
    with empty_database.write() as session:
        assert session.execute(text("SELECT evaluation_id, run_id, benchmark_id FROM request")).one() == (7, 1, None)
        with pytest.raises(IntegrityError):
            session.execute(text("DELETE FROM evaluation"))
        session.rollback()
    command.downgrade(migrations, "0001")
    with empty_database.read() as session:
        assert session.execute(text("SELECT id, run_id FROM evaluation")).one() == (7, 1)


def test_what_was_trained_before_trainings_were_taken_over_is_found_by_its_key_after_the_upgrade(
    empty_database: Database,
) -> None:
    migrations = _configuration(empty_database)
    command.upgrade(migrations, "0005")
    statements = (
        "INSERT INTO behaviour VALUES (1, 'b', 'rate_vector', '{}')",
        "INSERT INTO evaluation (id, behaviour_id, key, fold, specification, state, attempt, lease_expires_at, sent_at,"
        " created_at, score) VALUES (7, 1, 'k', 0, '{}', 'finished', 1, 0.0, 0.0, 0.0, 0.5)",
    )
    _execute(empty_database, statements)
    upgrade(empty_database)
    with empty_database.read() as session:
        assert [(row.id, row.taken_from) for row in evaluations.finished_with_key(session, "k", ())] == [(7, None)]
    command.downgrade(migrations, "0005")
    with empty_database.read() as session:
        assert session.execute(text("SELECT id, score FROM evaluation")).one() == (7, 0.5)


def test_of_many_who_upgrade_an_empty_database_at_once_one_does_it_and_none_fails(empty_database: Database) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", f"from backend.store.migrate import *; upgrade(Database({url!r}))"]
    upgrades = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [upgrade.wait(60) for upgrade in upgrades] == [0, 0, 0]
    assert is_current(empty_database)
