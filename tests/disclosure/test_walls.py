"""What the public login may do in the database: read what is public, and nothing else at all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg2
import pytest
from django.db import ProgrammingError, connection, transaction

from disclosure import reading
from disclosure.models import Document, Shown
from tests.disclosure import builders
from tests.disclosure.builders import NOON

MAY_READ = {
    "disclosure_shown", "disclosure_overdue", "disclosure_month", "disclosure_department", "disclosure_department_name",
    "disclosure_department_code",
    "disclosure_code", "disclosure_frequency", "ledger_public_leaf", "ledger_public_entry", "ledger_tombstone", "ledger_node",
    "ledger_head",
}  # fmt: skip


@pytest.fixture
def public_login(fresh_database: Any) -> Iterator[Any]:
    """Give a connection as the public login itself, on a database with one shown, one ended and one overdue document."""
    builders.publish(now=NOON, visible_until=date(2099, 1, 1))
    builders.end(builders.publish(now=NOON).pk)
    early = builders.at(date(2026, 5, 1))
    builders.publish(
        now=early,
        decided_on=date(2026, 5, 1),
        visible_from=date(2026, 5, 1),
        visible_until=date(2026, 5, 10),
        title="过期的",
    )
    opened = psycopg2.connect(fresh_database.environ["DATABASE_PUBLIC_URL"])
    opened.autocommit = True
    yield opened
    opened.close()


def ask(opened: Any, sql: str) -> list[tuple[Any, ...]]:
    with opened.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_it_reads_these_views_and_no_other_relation(public_login):
    granted = ask(
        public_login,
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
        " AND c.relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege(c.oid, 'SELECT')",
    )
    assert {name for (name,) in granted} == MAY_READ


def test_it_may_write_nothing_anywhere(public_login):
    granted = ask(
        public_login,
        "SELECT c.relname, p.right FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) AS p(\"right\")"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'p') AND has_table_privilege(c.oid, p.right)",
    )
    assert granted == []
    assert ask(public_login, "SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


@pytest.mark.parametrize(
    "table",
    ["disclosure_document", "accounts_person", "accounts_user", "ledger_entry", "ledger_entrybody", "django_session"],
)
def test_private_tables_are_refused(public_login, table):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(public_login, f"SELECT * FROM {table}")  # noqa: S608


def test_its_view_leaves_out_what_ended_or_is_overdue(public_login):
    assert len(ask(public_login, "SELECT id FROM disclosure_shown")) == 1
    assert ask(public_login, "SELECT count(*) FROM disclosure_shown WHERE title = '过期的'") == [(0,)]
    assert len(ask(public_login, "SELECT id FROM disclosure_overdue")) == 1
    assert [column for (column,) in ask(
        public_login, "SELECT attname FROM pg_attribute WHERE attrelid = 'disclosure_overdue'::regclass AND attnum > 0"
    )] == ["id", "version", "visible_until"]  # fmt: skip


@pytest.mark.django_db
def test_inside_the_reader_the_same_rights_hold_for_the_pages():
    builders.publish()
    with reading.reader(now=NOON) as alias:
        assert Shown.objects.using(alias).count() == 1
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Document.objects.count()
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 FROM accounts_person")
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_the_reader_gives_the_rights_back_after_an_error():
    with pytest.raises(ZeroDivisionError), reading.reader(now=NOON):
        raise ZeroDivisionError
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_a_reader_inside_a_reader_is_the_same_reader():
    builders.publish()
    with reading.reader(now=NOON), reading.reader(now=NOON) as inner:
        assert Shown.objects.using(inner).exists()
    with reading.reader(now=NOON) as outer:
        with reading.reader(now=NOON):
            pass
        with pytest.raises(ProgrammingError), transaction.atomic():
            Document.objects.using(outer).count()


@pytest.mark.django_db
def test_the_application_cannot_change_or_delete_through_the_views():
    row = builders.publish()
    for statement in (
        "UPDATE disclosure_shown SET title = 'x'",
        "DELETE FROM disclosure_shown",
        "DELETE FROM disclosure_document",
        "TRUNCATE disclosure_document",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Document.objects.get().pk == row.pk
