"""The prepared look-up on the public login's own connection: the same answers, the same day, and no answer from a dead connection."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.utils import timezone

from disclosure.api import looking
from disclosure.api.stored import StoredReading
from rules import clock
from tests.disclosure import builders
from tests.disclosure.test_stored import LIST, Spy, ask


@pytest.fixture
def today(fresh_database: Any, set_clock: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give the day by the machine's clock, which is the database's, too; the connection is kept as in production."""
    monkeypatch.setitem(connections["public"].settings_dict, "CONN_MAX_AGE", None)
    connections["public"].close()
    now = timezone.now()
    set_clock(now)
    yield clock.local_day(now)
    connections["public"].close()


def _kill(database: Any) -> None:
    """End the server's side of the kept connection; a login may do so to its own."""
    with psycopg2.connect(database.environ["DATABASE_PUBLIC_URL"]) as other, other.cursor() as cursor:
        backend = connections["public"].connection.info.backend_pid
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])  # waits until it is gone, at most 5 s
        assert cursor.fetchone() == (True,)
    other.close()


def test_it_answers_as_django_does_without_asking_django(today):
    one, two = (builders.publish(now=timezone.now(), **builders.running(on=today)) for _ in range(2))
    spy = Spy()
    short = StoredReading(spy)
    ask(short, f"{LIST}{one.pk}/")
    assert ask(short, f"{LIST}{two.pk}/") == ask(WSGIHandler(), f"{LIST}{two.pk}/")
    assert ask(short, f"{LIST}{two.pk}/", HTTP_IF_NONE_MATCH='"v1"')[0] == "304 Not Modified"
    assert spy.asked == 1


def test_what_has_ended_or_whose_last_day_has_passed_is_not_found(today):
    now, earlier = timezone.now(), timezone.now() - timedelta(days=2)
    shown, ended = (builders.publish(now=now, **builders.running(on=today)) for _ in range(2))
    past = builders.publish(now=earlier, **builders.running(on=today) | {"visible_until": today - timedelta(days=1)})
    builders.end(ended.pk, now=now)
    assert looking.look(str(shown.pk)) is not None
    assert [looking.look(str(row.pk)) for row in (past, ended)] == [None, None]


def test_a_connection_that_died_is_given_up_and_the_next_one_answers(today, fresh_database):
    row = builders.publish(now=timezone.now(), **builders.running(on=today))
    assert looking.look(str(row.pk))
    _kill(fresh_database)
    with pytest.raises(psycopg2.OperationalError):
        looking.look(str(row.pk))
    assert looking.look(str(row.pk))


def test_a_reader_notices_nothing_of_a_connection_that_died(today, fresh_database):
    row = builders.publish(now=timezone.now(), **builders.running(on=today))
    spy = Spy()
    short = StoredReading(spy)
    assert [ask(short, f"{LIST}{row.pk}/")[0] for _ in range(2)] == ["200 OK", "200 OK"]
    _kill(fresh_database)
    assert ask(short, f"{LIST}{row.pk}/")[0] == "200 OK"
    assert spy.asked == 2
    assert ask(short, f"{LIST}{row.pk}/")[0] == "200 OK"
    assert spy.asked == 2
