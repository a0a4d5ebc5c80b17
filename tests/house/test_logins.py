"""Three logins: made where they may be made, and every missing wall said."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg2
import pytest

from integrity import logins
from tests.environment import Environment

SECRET = "a secret of this test"


@pytest.fixture
def lone(environment: Environment) -> Iterator[str]:
    """Give the address of one login that owns an empty database, and nothing else."""
    name = f"fresh_{uuid.uuid4().hex[:10]}"
    server = environment.postgres
    server.admin("CREATE ROLE {} LOGIN", name)
    server.admin("CREATE DATABASE {} OWNER {} TEMPLATE template0", name, name)
    yield server.url(user=name, database=name)
    server.drop(name)
    for role in (f"{name}_owner", f"{name}_reader", name):
        server.admin("DROP ROLE IF EXISTS {}", role)


def _role(url: str) -> str:
    return str(psycopg2.extensions.parse_dsn(url)["user"])


def _run(url: str, statement: str) -> None:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(statement)


def _complete(url: str) -> logins.Logins:
    return logins.complete(application=url, owner=None, public=None, secret=SECRET)


def _let_create_roles(lone: str, environment: Environment) -> None:
    environment.postgres.admin("ALTER ROLE {} CREATEROLE", _role(lone))
    # On this server another login made the groups; where this one had, it would administer them.
    environment.postgres.admin("GRANT integrity_app, integrity_public TO {} WITH ADMIN OPTION", _role(lone))


def test_a_lone_login_that_may_create_roles_gets_the_other_two_made(lone, environment):
    _let_create_roles(lone, environment)
    made = _complete(lone)
    assert _role(made.owner) == f"{_role(lone)}_owner"
    assert _role(made.public) == f"{_role(lone)}_reader"
    _run(made.owner, "CREATE TABLE kept (id integer); CREATE TABLE shown (id integer)")
    _run(made.owner, "GRANT SELECT ON shown TO integrity_public")
    _run(made.application, "INSERT INTO kept VALUES (1)")
    _run(made.public, "SELECT * FROM shown")
    for url, statement in [
        (made.application, "DELETE FROM kept"),
        (made.application, "TRUNCATE kept"),
        (made.application, "ALTER TABLE kept ADD COLUMN more integer"),
        (made.public, "SELECT * FROM kept"),
        (made.public, "INSERT INTO shown VALUES (1)"),
    ]:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            _run(url, statement)
    assert any("CREATEROLE" in sentence for sentence in made.missing_walls)


def test_the_second_start_finds_the_logins_the_first_one_made(lone, environment):
    _let_create_roles(lone, environment)
    first = _complete(lone)
    environment.postgres.admin("ALTER ROLE {} NOCREATEROLE", _role(lone))
    second = _complete(lone)
    assert (second.owner, second.public) == (first.owner, first.public)
    assert second.missing_walls == []


def test_a_lone_login_that_may_not_create_roles_says_which_walls_are_missing(lone):
    told = _complete(lone)
    assert (told.owner, told.public) == (lone, lone)
    assert told.missing_walls == [logins.NO_OWNER, logins.NO_PUBLIC]


def test_a_login_that_may_not_give_the_groups_of_the_server_says_so_and_starts(lone, environment):
    environment.postgres.admin("ALTER ROLE {} CREATEROLE", _role(lone))
    assert _complete(lone).missing_walls == [logins.NO_OWNER, logins.NO_PUBLIC]


def test_a_superuser_as_application_is_said_to_be_too_strong(lone, environment):
    environment.postgres.admin("ALTER ROLE {} SUPERUSER", _role(lone))
    assert logins.TOO_STRONG in _complete(lone).missing_walls


def test_web_and_worker_work_without_the_owners_login(lone):
    told = logins.complete(application=lone, owner=None, public=lone, secret=SECRET)
    assert told.owner == ""
    assert told.missing_walls == []


def test_preparing_twice_changes_nothing(environment):
    name = f"fresh_{uuid.uuid4().hex[:10]}"
    first = environment.postgres.prepare(name)
    assert environment.postgres.prepare(name) == first
    environment.postgres.drop(name)


def test_chinese_text_has_trigrams_in_a_database_we_make(fresh_database):
    _run(fresh_database.environ["DATABASE_OWNER_URL"], "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    with psycopg2.connect(fresh_database.environ["DATABASE_URL"]).cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('政务诚信'))")
        assert cursor.fetchone() == (5,)
