"""What happened to public documents, read from the log: of what has ended, only when and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from disclosure import canonical
from disclosure.search.criteria import PROMISES
from disclosure.web import ends
from ledger import cursors
from rules import clock

CURSOR = "disclosure.turns"
SIZE = 30
LOOKED_AT = 400  # entries the front page goes back for its five lines of news
NEWS = ("mark", "correct", "end")

ENTRIES = """
SELECT position, kind, document, at, convert_from(body, 'UTF8'), ended_kind, ended_on FROM ledger_public_entry
 WHERE position < %s ORDER BY position DESC LIMIT %s
"""
SHOWN = "SELECT id FROM disclosure_shown WHERE id = ANY(%s::uuid[])"


@dataclass(frozen=True)
class Turn:
    """One line: on which day, what happened, and the document where it may still be named."""

    position: int
    day: date
    title: str
    note: str
    document: UUID | None


@dataclass(frozen=True)
class Page:
    """One page of turns."""

    turns: list[Turn]
    next_cursor: str
    is_later: bool


def latest(count: int, *, kinds: Sequence[str], today: date, alias: str) -> list[Turn]:
    """This will give the newest turns of these kinds among the last 400 public entries."""
    rows = [row for row in _entries(2**62, LOOKED_AT, alias) if _kind(row) in kinds]
    return _told(rows[:count], today, alias)


def page(token: str, *, today: date, alias: str) -> Page:
    """This will give one page, newest first; a place that is not ours begins at the newest."""
    before = _before(token)
    rows = _entries(before, SIZE + 1, alias)
    more = len(rows) > SIZE
    following = cursors.seal_cursor(CURSOR, {"before": rows[SIZE - 1][0]}) if more else ""
    return Page(_told(rows[:SIZE], today, alias), following, before < 2**62)


def _before(token: str) -> int:
    try:
        return int(cursors.open_cursor(CURSOR, token)["before"]) if token else 2**62
    except (cursors.BadCursor, KeyError, ValueError):
        return 2**62


Row = tuple[int, str, UUID, datetime, str | None, str | None, date | None]


def _entries(before: int, count: int, alias: str) -> list[Row]:
    with connections[alias].cursor() as cursor:
        cursor.execute(ENTRIES, [before, count])
        return list(cursor.fetchall())


def _kind(row: Row) -> str:
    return "end" if row[5] else row[1]


def _told(rows: Sequence[Row], today: date, alias: str) -> list[Turn]:
    with connections[alias].cursor() as cursor:
        cursor.execute(SHOWN, [[str(row[2]) for row in rows]])
        shown = {row[0] for row in cursor.fetchall()}
    return [_turn(row, row[2] in shown) for row in rows]


def _turn(row: Row, is_shown: bool) -> Turn:
    position, kind, document, at, body, ended_kind, ended_on = row
    if ended_kind and ended_on:
        title = _("一条记录因%(why)s结束公示") % {"why": ends.SHORT[ended_kind]}
        if ended_kind == ends.SUSPENDED:
            title = _("一条记录在异议处理期间暂停公示")
        return Turn(position, ended_on, title, _("不再显示内容。"), None)
    content = canonical.decode(body) if body and is_shown else None
    title, note = TITLES[kind](content), content["number"] if content else ""
    if kind == "correct" and content:
        note = "；".join(filter(None, (note, content["corrections"][-1]["what"])))
    return Turn(position, clock.local_day(at), title, note, document if content else None)


def _marked(content: dict[str, object] | None) -> str:
    if content is None:
        return _("一条记录的异议标注有变动")
    return _("一条记录被标注“异议处理中”") if content["objected_since"] else _("一条记录去掉了异议标注")


def _is_promise(content: dict[str, Any] | None) -> bool:
    return content is not None and content["kind"] == PROMISES


def _state(content: dict[str, Any]) -> str:
    return str(content["fields"].get("state", {}).get("label", ""))


def _renewed(content: dict[str, Any] | None) -> str:
    if content is None:
        return _("一项公开内容有了变化")
    return _("一项承诺有了变化") + f"：{_state(content)}" if _is_promise(content) else _("一条记录的惩戒措施有变动")


TITLES: dict[str, Callable[[Any], str]] = {
    "publish": lambda content: _("一项承诺公开") if _is_promise(content) else _("一条记录开始公示"),
    "renew": _renewed,
    "restore": lambda _content: _("修复被撤销，一条记录再次公示"),
    "resume": lambda _content: _("异议办结，一条记录恢复公示"),
    "correct": lambda content: _("一项承诺修订了文字") if _is_promise(content) else _("一条记录已更正"),
    "mark": _marked,
}
