"""
The answers of the open API as bytes: stored JSON is laid side by side, never parsed and never built again.

An answer may be kept by nobody without asking (``no-cache``): so nothing outlives midnight, a correction or a withdrawal.
"""

import difflib
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from disclosure import reading
from disclosure.search import criteria, listing
from disclosure.search.criteria import Criteria
from ledger import cursors
from ledger.refusals import Invalid
from rules import clock

CURSOR = "disclosure.documents"
LIMIT, MOST = 20, 500
PAGE_NAMES = ("limit", "cursor")
KEPT_PAGES, KEPT_ROWS = 128, 100
HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "public, no-cache",
    "X-Robots-Tag": "noindex, noarchive",
    "Access-Control-Allow-Origin": "*",
}


@dataclass(frozen=True)
class Answer:
    """Status, bytes and headers, ready to send."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class NotPublic(Exception):
    """There is no such public document: never was, or may not be told."""


class NoLongerPublic(Exception):
    """It was public and has ended; ``ended`` says when and why, never what it was."""

    def __init__(self, ended: reading.Ended) -> None:
        super().__init__(ended.kind)
        self.ended = ended


class UnknownParameter(Invalid):
    """A parameter the operation does not know; nothing is guessed."""

    status = 400
    code = "unknown_parameter"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = "、".join(known) or _("没有")
        super().__init__(
            _("不认识参数 %(name)s；这里可用的有：%(known)s。") % {"name": name, "known": listed}, field=name
        )
        self.nearest = next(iter(difflib.get_close_matches(name, known, n=1)), None)


def only(given: Mapping[str, str], known: tuple[str, ...]) -> None:
    """
    This will let only known parameters pass.

    :raises UnknownParameter: another one is among them
    """
    for name in given:
        if name not in known:
            raise UnknownParameter(name[:60], known)


def limit_of(given: Mapping[str, str], *, usual: int = LIMIT, most: int = MOST) -> int:
    """
    This will read how many items a page shall have.

    :raises Invalid: not a whole number between 1 and ``most``
    """
    text = given.get("limit", str(usual))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= most):
        raise Invalid(_("参数 limit 应是 1 到 %(most)d 的整数。") % {"most": most}, field="limit")
    return int(text)


def document(document_id: UUID, *, known_tag: str, now: datetime) -> Answer:
    """
    This will answer one document by its exact public bytes, or say that the caller's copy still stands.

    :raises NotPublic: it is not public and never was
    :raises NoLongerPublic: it has ended
    """
    with reading.reader(now=now) as alias:
        day = clock.local_day(now)
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT version, body FROM disclosure_one(%s, %s)", [str(document_id), day])
            row = cursor.fetchone()
        if row is None:
            raise absent(document_id, now)
    return of_row(row, known_tag)


def of_row(row: tuple[int, str], known_tag: str) -> Answer:
    """This will lay out one document's version and bytes, or say that the caller's copy still stands."""
    tag = f'"v{row[0]}"'
    if known_tag and matches(tag, known_tag):
        return Answer(304, b"", {**HEADERS, "ETag": tag})
    return Answer(200, row[1].encode(), {**HEADERS, "ETag": tag})


def absent(document_id: UUID, now: datetime) -> Exception:
    """This will tell an ended document from one that never was; to be called inside the reader."""
    ended = reading.ended(document_id, on=now)
    return NoLongerPublic(ended) if ended else NotPublic()


def documents(given: Mapping[str, str], *, path: str, known_tag: str, now: datetime) -> Answer:
    """
    This will answer one page of the list, newest first unless asked otherwise.

    A page without a search stays in memory as long as the log has no newer public entry and the day has not turned, so a
    page that many ask for costs one look at the log.

    :raises Invalid: a parameter is unknown or has a value that cannot be
    """
    only(given, (*criteria.NAMES, *PAGE_NAMES))
    wanted, limit = criteria.read(given), limit_of(given)
    token, today = given.get("cursor", ""), clock.local_day(now)
    after = open_place(token, wanted) if token else None
    with reading.reader(now=now) as alias:
        tag = tag_of(state(alias), today, given)
        if known_tag and matches(tag, known_tag):
            return Answer(304, b"", {**HEADERS, "ETag": tag})
        kept = _pages.get(tag)
        if kept is None:
            rows, has_more = listing.page(wanted, after=after, limit=limit, today=today, alias=alias)
            kept = _keep(
                tag, _laid_out(rows, has_more, wanted, given, path, tag), keep=not wanted.terms and limit <= KEPT_ROWS
            )
    return kept


def _laid_out(
    rows: list[listing.Row], has_more: bool, wanted: Criteria, given: Mapping[str, str], path: str, tag: str
) -> Answer:
    """One page as bytes, with the address of the next."""
    token = seal_place(rows[-1].key, wanted) if has_more else ""
    following = f'"{token}"' if has_more else "null"
    body = f'{{"items":[{",".join(row.body for row in rows)}],"next_cursor":{following},"has_more":{str(has_more).lower()}}}'
    headers = {**HEADERS, "ETag": tag}
    if has_more:
        headers["Link"] = f'<{path}?{urlencode({**given, "cursor": token})}>; rel="next"'
    return Answer(200, body.encode(), headers)


_pages: OrderedDict[str, Answer] = OrderedDict()


def _keep(tag: str, answer: Answer, *, keep: bool) -> Answer:
    if keep:
        _pages[tag] = answer
        while len(_pages) > KEPT_PAGES:
            _pages.popitem(last=False)
    return answer


def forget_pages() -> None:
    """This will drop the pages kept in memory; for another database under the same process."""
    _pages.clear()


def state(alias: str) -> int:
    """This will give a number that grows with everything published, marked, corrected or ended; one look at an index."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT coalesce(disclosure_state(), -1)")
        return int(cursor.fetchone()[0])


def tag_of(position: int, today: date, given: Mapping[str, str], *extra: str) -> str:
    """This will name a state of a list: it changes with the log, the day and the question, and tells none of them."""
    asked = "&".join(f"{name}={given[name]}" for name in sorted(given))
    told = "\n".join((str(position), today.isoformat(), asked, *extra))
    return f'"{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}"'


def matches(tag: str, known: str) -> bool:
    """This will say whether the tags a reader holds (``If-None-Match``) include this one."""
    return known.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(","))


def seal_place(key: listing.Key, wanted: Criteria) -> str:
    """This will give the opaque place after a document in a list of these conditions."""
    return cursors.seal_cursor(CURSOR, {"after": [key[0].isoformat(), str(key[1])], "of": _digest(wanted)})


def open_place(token: str, wanted: Criteria) -> listing.Key:
    """
    This will read an opaque place back.

    :raises Invalid: it was not given out by this portal for these very conditions
    """
    try:
        place = cursors.open_cursor(CURSOR, token)
    except cursors.BadCursor:
        place = {}
    if place.get("of") != _digest(wanted):
        raise Invalid(_("翻页凭据不属于这个查询：请去掉 cursor 从头查起。"), field="cursor")
    return date.fromisoformat(place["after"][0]), UUID(place["after"][1])


def _digest(wanted: Criteria) -> str:
    return hashlib.blake2b(repr(sorted(wanted.given.items())).encode(), digest_size=8).hexdigest()
