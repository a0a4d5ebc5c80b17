"""Form tokens without a cookie: sealed, short-lived, good for one sending.

They hold no one and nothing: a random number (a form sent twice counts once), the minute they were made, and the answer to the
question where one is asked. What a cookie would add, that a form was opened in the same browser, is asked of the browser itself:
a request that says it comes from another site is refused. There is no session that a foreign page could ride on.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ledger import cursors
from records.workflow.intake import receipts

FORM, PASS = "report form", "report pass"  # noqa: S105 - names of two kinds of token
FORM_MINUTES, PASS_MINUTES = 120, 30
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Form:
    """A form that was given out: its random number, and the two figures of its question, if any."""

    nonce: bytes
    question: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """The question as it is read, aloud or on the page."""
        return f"{DIGITS[self.question[0]]}加{DIGITS[self.question[1]]}" if self.question else ""

    def is_answered(self, text: str) -> bool:
        """Whether the answer is right, in figures or in Chinese."""
        if self.question is None:
            return True
        total = sum(self.question)
        chinese = DIGITS[total] if total < 10 else "十" + (DIGITS[total - 10] if total > 10 else "")
        return text.strip() in (str(total), chinese)


def new_form(*, ask: bool = False, nonce: bytes | None = None) -> Form:
    """This will make a fresh form, with a question where one must be asked."""
    question = (secrets.randbelow(9) + 1, secrets.randbelow(9) + 1) if ask else None
    return Form(nonce or receipts.new_nonce(), question)


def seal_form(form: Form) -> str:
    """This will give the hidden field of a form."""
    return cursors.seal_cursor(FORM, {"n": form.nonce.hex(), "t": _minute(), "q": form.question})


def open_form(token: str) -> Form | None:
    """This will read a form's hidden field, or give None where it is not ours or too old."""
    told = _opened(FORM, token, FORM_MINUTES)
    if told is None:
        return None
    question = told["q"]
    return Form(bytes.fromhex(told["n"]), (question[0], question[1]) if question else None)


def seal_pass(receipt_id: str) -> str:
    """This will give what keeps a thread open for half an hour without its code standing in the page."""
    return cursors.seal_cursor(PASS, {"r": receipt_id, "t": _minute()})


def open_pass(token: str) -> str | None:
    """This will read a pass, or give None where it is not ours or too old."""
    told = _opened(PASS, token, PASS_MINUTES)
    return str(told["r"]) if told else None


def is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this; one that says nothing is believed."""
    site = request.META.get("HTTP_SEC_FETCH_SITE", "")
    if site:
        return site not in ("same-origin", "none")
    origin = request.META.get("HTTP_ORIGIN", "null")  # "null" is what a page without referrers sends to itself
    return origin != "null" and origin.partition("://")[2] != request.get_host()


def _opened(kind: str, token: str, minutes: int) -> dict[str, Any] | None:
    try:
        told = cursors.open_cursor(kind, token)
    except cursors.BadCursor:
        return None
    made = told.get("t")
    return told if isinstance(made, int) and 0 <= _minute() - made <= minutes else None


def _minute() -> int:
    return int(time.time() // 60)
