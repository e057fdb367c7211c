"""The schema: one truth in models and migrations, and a program that refuses what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

import storage.database
from storage import meta
from storage.database import HEAD, Database, SchemaError
from storage.models import Base
from tests.conftest import opened

MIGRATIONS = Path(storage.database.__file__).parent / "migrations"

GOES_WELL = '''
"""Makes a table."""
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{head}"


def upgrade():
    op.create_table("whole", sa.Column("id", sa.Integer(), primary_key=True))
'''

FAILS_HALF_WAY = '''
"""Makes a table, changes another, writes a row, then fails."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "9998"


def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("meta") as batch:
        batch.add_column(sa.Column("half_done", sa.Text()))
    op.execute("UPDATE meta SET value = 'half done'")
    op.execute("INSERT INTO no_such_table VALUES (1)")
'''


WORDS = "activity_words"
"""The index of words, which each database has in its own way: FTS5 keeps it in tables."""


def _is_of_the_models(_object: object, name: str | None, *_: object) -> bool:
    return not (name or "").startswith(WORDS)


def set_revision(database: Database, revision: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _is_of_the_models}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_program_works_with_the_newest_revision() -> None:
    newest = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))[-1]
    assert newest.name.split("_")[0] == HEAD


def test_revisions_are_numbered_without_gaps_and_form_one_line() -> None:
    revisions = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())[::-1]
    numbers = [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert [revision.revision for revision in revisions] == numbers
    assert [revision.down_revision for revision in revisions] == [None, *numbers[:-1]]
    assert [Path(revision.path).name[:5] for revision in revisions] == [f"{number}_" for number in numbers]


def test_an_empty_database_is_brought_to_head_and_a_second_time_changes_nothing(empty_url: str) -> None:
    with opened(empty_url) as database:
        assert database.revision() is None
        database.upgrade()
        database.require_head()
        database.upgrade()
        assert database.revision() == HEAD
        found = {one for one in inspect(database.engine).get_table_names() if _is_of_the_models(None, one)}
        assert found == {*Base.metadata.tables, "alembic_version"}


def test_an_empty_database_is_refused_naming_the_command(empty_url: str) -> None:
    with (
        opened(empty_url) as database,
        pytest.raises(SchemaError, match=r"is empty.*`sistercity db upgrade`"),
    ):
        database.require_head()


def test_an_older_schema_is_refused_naming_the_command(database: Database) -> None:
    set_revision(database, "0000")
    with pytest.raises(SchemaError, match=f"schema 0000.*needs {HEAD}.*`sistercity db upgrade`"):
        database.require_head()


def test_a_newer_schema_is_refused(database: Database) -> None:
    set_revision(database, "9999")
    with pytest.raises(SchemaError, match=f"schema 9999, newer than this program's {HEAD}"):
        database.require_head()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:////nowhere/at/all.db", "unable to open database file"),
        # Port 1 answers on no machine that we run on.
        ("postgresql://officer:hush@127.0.0.1:1/sistercity", "127.0.0.1"),
    ],
)
def test_an_unreachable_database_is_told_without_its_password(url: str, reason: str) -> None:
    with opened(url) as database, pytest.raises(SchemaError, match="cannot be reached") as caught:
        database.require_head()
    message = str(caught.value)
    assert reason in message
    assert "SISTERCITY_DATABASE_URL" in message
    assert "hush" not in message
    assert "\n" not in message


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("เรียน ผู้ว่าราชการจังหวัด " * 50)
    with opened(f"sqlite:///{letter}") as database, pytest.raises(SchemaError, match="not a database"):
        database.revision()


@pytest.mark.parametrize("url", ["", "not an address", "nosuchkind://x/y", "mysql+pymysql://x/y"])
def test_what_is_no_address_of_a_database_is_told(url: str) -> None:
    with pytest.raises(SchemaError, match="SISTERCITY_DATABASE_URL is not a database address"):
        Database(url)


def test_a_migration_that_fails_leaves_nothing_behind_and_those_before_it_stay(
    database: Database, tmp_path: Path
) -> None:
    """With the driver's own transactions SQLite would keep the table."""
    (tmp_path / "9998_goes_well.py").write_text(GOES_WELL.format(head=HEAD))
    (tmp_path / "9999_fails.py").write_text(FAILS_HALF_WAY)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{MIGRATIONS / 'versions'}\n{tmp_path}")
    config.attributes["engine"] = database.engine
    with database.read() as session:
        version_before = meta.registry_version(session)

    with pytest.raises(DBAPIError, match="no_such_table"):
        command.upgrade(config, "head")

    assert database.revision() == "9998"
    tables = inspect(database.engine)
    assert tables.has_table("whole")
    assert not tables.has_table("half_done")
    assert "half_done" not in {column["name"] for column in tables.get_columns("meta")}
    with database.read() as session:
        assert meta.registry_version(session) == version_before


def test_the_file_of_an_sqlite_database_is_known(sqlite_database: Database, tmp_path: Path) -> None:
    assert sqlite_database.file == tmp_path / "sistercity.db"


@pytest.mark.postgresql
def test_a_postgresql_database_has_no_file(postgresql_database: Database) -> None:
    assert postgresql_database.file is None
