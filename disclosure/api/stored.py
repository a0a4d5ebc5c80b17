"""
In front of Django: public look-ups answered from stored bytes, with the headers that Django itself gave to such an answer.

Half of what a look-up costs is the machinery that a stored answer does not need. So the first answer of each kind, for each host and
scheme, is Django's; its headers are learned, and what follows is sent with them. Whatever is not a plain success, unknown hosts
included, is always Django's.
"""

import logging
import os
import re
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl
from uuid import UUID

import psycopg2
from django.db import Error, connections
from django.utils import timezone

from disclosure import answers
from disclosure.answers import Answer
from disclosure.api import looking
from ledger.refusals import Refused
from ledger.request_id import set_request_id
from rules import clock

PLACE = "/api/v1/documents/"
ONE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/")
KNOWN_HOSTS = 64  # a host is learned only from an answer Django gave it, so forged ones never get here
OF_ONE_ANSWER = frozenset({"etag", "link", "content-length", "x-request-id", "date"})
STATUS = {200: "200 OK", 304: "304 Not Modified"}

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Frame = list[tuple[str, str]]
log = logging.getLogger("integrity.request")

DJANGO_SAYS = (Refused, answers.NotPublic, answers.NoLongerPublic, Error, psycopg2.Error)
"""What ends the short way: Django meets it again and says it in its own words."""


class Asked(NamedTuple):
    """A look-up that may be answered here: which page it is, and where its frame of headers is kept."""

    page: str
    document: str
    frame: tuple[str, str, str, str]


class StoredReading:
    """A WSGI application around Django's."""

    def __init__(self, django: Application) -> None:
        self.django = django
        self._frames: dict[tuple[str, str, str, str], Frame] = {}

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a plain look-up at once; leave everything else, and the first of each kind, to Django."""
        asked = asked_of(environ)
        if asked is None:
            return self.django(environ, start_response)
        frame = self._frames.get(asked.frame)
        if frame is None:
            return self.django(environ, self._learning(asked, start_response))
        began = time.perf_counter()
        answer = _answered(asked, environ)
        if answer is None:
            return self.django(environ, start_response)
        return _sent(asked, answer, frame, start_response, began)

    def _learning(self, asked: Asked, start_response: Start) -> Start:
        """Keep the headers of a success that do not belong to the one answer."""

        def start(status: str, headers: Frame, *rest: Any) -> Any:
            if status.startswith("200") and len(self._frames) < KNOWN_HOSTS:
                self._frames[asked.frame] = [pair for pair in headers if pair[0].lower() not in OF_ONE_ANSWER]
            return start_response(status, headers, *rest)

        return start


def asked_of(environ: Environ) -> Asked | None:
    """This will say which look-up is asked for, or None where it is not ours: another method, a token, another address."""
    path: str = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ or not path.startswith(PLACE):
        return None
    rest = path[len(PLACE) :]
    if rest and (ONE.fullmatch(rest) is None or environ.get("QUERY_STRING")):
        return None
    page = "document" if rest else "documents"
    host, scheme = environ.get("HTTP_HOST", ""), environ.get("wsgi.url_scheme", "")
    return Asked(page, rest[:-1], (page, host, scheme, environ.get("HTTP_X_FORWARDED_PROTO", "")))


def _answered(asked: Asked, environ: Environ) -> Answer | None:
    """The answer from stored bytes, or None where anything stands in its way."""
    tag, now = environ.get("HTTP_IF_NONE_MATCH", ""), clock.now()
    try:
        if not asked.document:
            given = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
            return answers.documents(given, path=PLACE, known_tag=tag, now=now)
        if _is_rehearsal(now):
            return answers.document(UUID(asked.document), known_tag=tag, now=now)
        row = looking.look(asked.document)
        return answers.of_row(row, tag) if row else None
    except DJANGO_SAYS:
        return None
    finally:
        if not asked.document:
            connections["public"].close_if_unusable_or_obsolete()


def _is_rehearsal(now: Any) -> bool:
    """Whether what is public depends on an open transaction, or on another clock than the database's."""
    return connections["default"].in_atomic_block or clock.local_day(now) != clock.local_day(timezone.now())


def _sent(asked: Asked, answer: Answer, frame: Frame, start_response: Start, began: float) -> Iterable[bytes]:
    request_id = os.urandom(16).hex()
    set_request_id(request_id)
    own = [(name, answer.headers[name]) for name in ("ETag", "Link") if name in answer.headers]
    length = [] if answer.status == 304 else [("Content-Length", str(len(answer.body)))]
    start_response(STATUS[answer.status], [*frame, *own, *length, ("X-Request-ID", request_id)])
    milliseconds = round((time.perf_counter() - began) * 1000)
    page = f"public_api:{asked.page}"
    log.handle(_line(page, answer.status, milliseconds))
    return [answer.body]


def _line(page: str, status: int, milliseconds: int) -> logging.LogRecord:
    """The line of the request log, made without asking the stack who called: that costs more than the look-up."""
    line = logging.LogRecord(log.name, logging.INFO, "", 0, "request", (), None)
    line.method, line.page, line.status, line.ms = "GET", page, status, milliseconds
    return line
