"""The short way in front of Django: the same answer as the long way, header by header, or none at all."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections

from disclosure.api.stored import StoredReading
from tests.disclosure import builders

pytestmark = pytest.mark.django_db
LIST = "/api/v1/documents/"
OF_ONE_REQUEST = {"X-Request-ID"}


class Spy:
    """Django, counting how often it was asked."""

    def __init__(self) -> None:
        self.django, self.asked = WSGIHandler(), 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self.django(environ, start_response)


def ask(
    application: Any, path: str, query: str = "", method: str = "GET", **headers: str
) -> tuple[str, dict[str, str], bytes]:
    """Ask a WSGI application and give status, headers and body."""
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(b""), "HTTP_HOST": "testserver", **headers,
    }  # fmt: skip
    body = b"".join(application(environ, lambda status, pairs, *rest: told.extend((status, dict(pairs)))))
    return told[0], {name: value for name, value in told[1].items() if name not in OF_ONE_REQUEST}, body


@pytest.fixture
def spy() -> Iterator[Spy]:
    """Give Django behind a counter; as in Django's own test client, a request leaves the test's connection alone."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield Spy()
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("query", ["", "limit=2", "severity=general", "q=%E5%9D%A1%E9%81%93"])
def test_a_list_is_answered_alike_both_ways(spy, query):
    for _ in range(3):
        builders.publish()
    short = StoredReading(spy)
    ask(short, LIST, query)
    first, again, long = spy.asked, ask(short, LIST, query), ask(WSGIHandler(), LIST, query)
    assert spy.asked == first == 1
    if "limit" in query:  # a place in the list is sealed anew each time
        again, long = (_without_place(each) for each in (again, long))
    assert again == long


def _without_place(answer: tuple[str, dict[str, str], bytes]) -> tuple[str, dict[str, str], bytes]:
    status, headers, body = answer
    return (
        status,
        {name: value for name, value in headers.items() if name != "Link"},
        body.partition(b'"next_cursor"')[0],
    )


def test_a_document_is_answered_alike_both_ways_and_304_where_it_stands(spy):
    one, two = builders.publish(), builders.publish(number="梅信认〔2026〕99号")
    short = StoredReading(spy)
    ask(short, f"{LIST}{one.pk}/")
    assert ask(short, f"{LIST}{two.pk}/") == ask(WSGIHandler(), f"{LIST}{two.pk}/")
    known = {"HTTP_IF_NONE_MATCH": '"v1"'}
    status, headers, body = ask(short, f"{LIST}{two.pk}/", **known)
    assert (status, headers["ETag"], body) == ("304 Not Modified", '"v1"', b"")
    assert spy.asked == 1


def test_whatever_is_not_a_plain_success_is_django_s(spy):
    row, ended = builders.publish(), builders.publish()
    builders.end(ended.pk)
    short = StoredReading(spy)
    ask(short, f"{LIST}{row.pk}/")
    ask(short, LIST)
    for path, query, status in (
        (f"{LIST}{ended.pk}/", "", "410"),
        (f"{LIST}{uuid4()}/", "", "404"),
        (f"{LIST}{'x' * 36}/", "", "404"),
        (f"{LIST}{row.pk}/", "a=1", "400"),
        (LIST, "limit=0", "400"),
        (LIST, "q=a&limti=1", "400"),
        (f"{LIST}{row.pk}/proof/", "", "503"),
    ):
        before = spy.asked
        assert ask(short, path, query)[0].startswith(status), path
        assert spy.asked == before + 1
    assert ask(short, LIST, method="POST")[0].startswith("405")


def test_an_unknown_host_is_never_learned(spy):
    builders.publish()
    short = StoredReading(spy)
    for _ in range(2):
        assert ask(short, LIST, HTTP_HOST="forged.example")[0].startswith("400")
    assert spy.asked == 2


def test_a_token_goes_the_whole_way(spy):
    builders.publish()
    short = StoredReading(spy)
    ask(short, LIST)
    ask(short, LIST, HTTP_AUTHORIZATION="Bearer x")
    assert spy.asked == 2


def test_what_ends_is_gone_from_the_short_way_at_once(spy):
    row = builders.publish()
    short = StoredReading(spy)
    for _ in range(2):
        assert ask(short, f"{LIST}{row.pk}/")[0].startswith("200")
        assert str(row.pk).encode() in ask(short, LIST)[2]
    builders.end(row.pk)
    assert ask(short, f"{LIST}{row.pk}/")[0].startswith("410")
    assert str(row.pk).encode() not in ask(short, LIST)[2]
