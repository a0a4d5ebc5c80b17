"""Taking in a message: known key, order of versions, checks; the verdict and the record are committed together."""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from typing import Any

from django.utils.translation import gettext as _

from exchange.standin import checks
from exchange.standin.store import Store
from exchange.standin.switches import Switches

ENDED = {"W": "withdrawn", "R": "repaired", "E": "expired"}
Told = tuple[int, dict[str, Any]]


def take_in(store: Store, *, key: str, content: bytes, switches: Switches, at: datetime.datetime | None = None) -> Told:
    """
    Give status and body for one message; the same key with the same bytes always gets the verdict that stands.

    ``at`` is when it arrived, the platform's own clock where none is given.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = store.row("SELECT * FROM messages WHERE key = ?", key)
    if known:
        return _again(known, digest)
    try:
        row = json.loads(content)
        row = {str(name): str(value) for name, value in row.items()}
    except (ValueError, AttributeError):
        return 400, {"code": "E010", "message": _("报文不是 JSON 对象")}
    with store.writing() as connection:
        now = at or datetime.datetime.now().astimezone()
        message = _judged(connection, key, row, digest, content, switches, now)
        _keep(connection, message)
        if message["verdict"] == "stored":
            _file(connection, message)
    return _status(message), {"code": message["code"], "message": message["message"], "item": item_of(message)}


def clean(store: Store, key: str, switches: Switches) -> None:
    """Clean one message that was only received: keep it, or refuse it by field; the result waits to be told."""
    with store.writing() as connection:
        message = dict(connection.execute("SELECT * FROM messages WHERE key = ?", (key,)).fetchone())
        if message["verdict"] != "accepted":
            return
        code = switches.reject_in_cleaning
        message["verdict"] = "rejected" if code else "stored"
        message["code"], message["field"] = code, switches.field if code else ""
        message["message"] = _("清洗未通过") if code else ""
        columns = ("verdict", "code", "field", "message", "key")
        connection.execute(
            "UPDATE messages SET verdict = ?, code = ?, field = ?, message = ? WHERE key = ?",
            [message[column] for column in columns],
        )
        if message["verdict"] == "stored":
            _file(connection, message)
        connection.execute("INSERT INTO results (key) VALUES (?)", (key,))


def item_of(message: dict[str, Any]) -> dict[str, str]:
    """Give what the platform says about one message."""
    names = ("key", "verdict", "number", "digest", "code", "field", "message", "warning", "platform_id")
    return {name: str(message[name]) for name in names}


def name_of(row: dict[str, str], field: str) -> str:
    """Give the full name of a field all records have: that of promises begins with CN_, that of all others with SX_."""
    return f"{'CN' if 'CN_ID' in row else 'SX'}_{field}"


def part(row: dict[str, str], field: str) -> str:
    """Give the value of a field all records have, or nothing."""
    return row.get(name_of(row, field), "")


def _again(known: dict[str, Any], digest: str) -> Told:
    if known["digest"] != digest:
        return 409, {"code": "E031", "message": _("同一编号、不同内容")}
    return _status(known), {"code": known["code"], "message": known["message"], "item": item_of(known)}


def _judged(
    connection: sqlite3.Connection, key: str, row: dict[str, str], digest: str, content: bytes, switches: Switches,
    now: datetime.datetime,
) -> dict[str, Any]:  # fmt: skip
    complaint = _forced(switches) or checks.first_complaint(row, now.date())
    complaint = complaint or _unknown_unit(connection, row, switches) or _out_of_order(connection, row)
    code, field, words = complaint or ("", "", "")
    late = complaint is None and checks.late_by_weekdays(row, now.date())
    verdict = "rejected" if complaint and code != "E030" else "accepted" if switches.cleaning else "stored"
    return {
        "key": key,
        "subject": part(row, "ID"),
        "version": int(part(row, "VER")) if part(row, "VER").isdecimal() else 0,
        "operation": part(row, "CZLX"),
        "digest": digest,
        "content": content.decode(),
        "received_at": now.isoformat(timespec="seconds"),
        "received": now.timestamp(),
        "verdict": verdict,
        "number": f"R{now:%Y%m%d}-{key[:8]}",
        "code": code,
        "field": field,
        "message": words,
        "warning": _("迟报（E050）") if late else "",
        "platform_id": f"P{hashlib.sha256(part(row, 'ID').encode()).hexdigest()[:12]}",
    }


def _forced(switches: Switches) -> checks.Complaint | None:
    return (switches.code, switches.field, _("按开关退回")) if switches.mode == "reject" else None


def _unknown_unit(connection: sqlite3.Connection, row: dict[str, str], switches: Switches) -> checks.Complaint | None:
    query = "SELECT name FROM units WHERE code = ?"
    names = {found["name"] for found in connection.execute(query, (part(row, "ZT_DM"),))}
    if not names and switches.is_strict:
        return "E021", name_of(row, "ZT_DM"), _("平台没有这个单位")
    if names and part(row, "ZT_MC") not in names:
        return "E040", name_of(row, "ZT_MC"), _("名称与代码不符")
    return None


def _out_of_order(connection: sqlite3.Connection, row: dict[str, str]) -> checks.Complaint | None:
    held = connection.execute("SELECT * FROM records WHERE subject = ?", (part(row, "ID"),)).fetchone()
    version, operation = int(part(row, "VER")), part(row, "CZLX")
    if held is None:
        return None if operation == "C" else ("E032", name_of(row, "ID"), _("平台没有这条记录"))
    if version == held["version"]:
        return "E030", name_of(row, "VER"), _("这一版已经有了")
    if version < held["version"] or operation == "C":
        return "E031", name_of(row, "VER"), _("版本不比现有的新")
    if held["state"] == "withdrawn":
        return "E033", name_of(row, "CZLX"), _("记录已经撤销")
    return None


def _keep(connection: sqlite3.Connection, message: dict[str, Any]) -> None:
    columns = ", ".join(message)
    places = ", ".join("?" for _value in message)
    connection.execute(f"INSERT INTO messages ({columns}) VALUES ({places})", list(message.values()))  # noqa: S608


def _file(connection: sqlite3.Connection, message: dict[str, Any]) -> None:
    if message["code"] == "E030":
        return
    state = ENDED.get(message["operation"], "live")
    content = "{}" if state == "withdrawn" else message["content"]  # what was withdrawn is no longer held
    connection.execute(
        "INSERT OR REPLACE INTO records (subject, version, state, content, platform_id, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (message["subject"], message["version"], state, content, message["platform_id"], message["received_at"]),
    )


def _status(message: dict[str, Any]) -> int:
    return {"accepted": 202, "stored": 200, "rejected": 422}[message["verdict"]]
