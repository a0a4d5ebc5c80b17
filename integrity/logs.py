"""Logs as one JSON object a line, with everything that could be personal data or a secret struck out."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from ledger.request_id import request_id_of

hushed: ContextVar[bool] = ContextVar("hushed", default=False)
"""Set while a reporter is served: what must be logged then, a fault, carries the day and no hour."""

STRUCK = "［已隐去］"
# The order matters: what names its own secret first, then bare numbers.
PATTERNS = [
    re.compile(r"(?i)(?<=://)[^/\s@]+(?=@)"),
    re.compile(r"(?i)\b(?:bearer|basic)\s+[\w.~+/=-]+"),
    re.compile(
        r"(?i)(?:password|passwd|secret|token|sessionid|csrf\w*|authorization|cookie|api[_-]?key|密码)"
        r"[\"']?\s*[=:]\s*[\"']?[^\s\"'&;,)}]+"
    ),
    re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])"),
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
    # PostgreSQL repeats the offending values of a row after these words.
    re.compile(r"(?:DETAIL|CONTEXT):[^\n]*"),
]
WORD = re.compile(r"[A-Za-z_.]{1,40}(?::[A-Za-z_]{1,40})?")
OWN = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
# Objects Django hangs on a record for its own handlers; printing them would print the whole request.
LEFT_OUT = {"request", "server_time", "data", "args"}


# What no line prints is not looked up for each.
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
_encode = json.JSONEncoder(ensure_ascii=False).encode


def redact(text: str) -> str:
    """Strike ID numbers, mobile numbers, passwords, tokens, and rows quoted by the database from the text."""
    for pattern in PATTERNS:
        text = pattern.sub(STRUCK, text)
    return text


@lru_cache(maxsize=1024)
def is_word(text: str) -> bool:
    """Whether it is a plain name, of a page or a method, in which there is nothing to strike; asked once for each."""
    return WORD.fullmatch(text) is not None and redact(text) == text


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON with time, level, logger, request id and the record's extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line; every text in it has gone through :func:`redact`."""
        line: dict[str, Any] = {
            "at": _at(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _struck(record.getMessage()),
        }
        if request_id_of():
            line["request_id"] = request_id_of()
        for name, value in record.__dict__.items():
            if name not in OWN and name not in LEFT_OUT:
                line[name] = value if isinstance(value, int | float | None) else _struck(str(value))
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return _encode(line)


def _struck(text: str) -> str:
    return text if is_word(text) else redact(text)


def _at(created: float) -> str:
    moment = datetime.fromtimestamp(created, UTC)
    return moment.date().isoformat() if hushed.get() else moment.isoformat(timespec="milliseconds")
