"""What every act on a complaint leaves: the words of its reason, and what the reporter is told by his receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.actors import Actor
from records.models import Complaint, MessageKind
from records.services import remarks
from records.services.intake import thread
from records.workflow import writing

ANSWER_LIMIT = 2500  # characters


@dataclass(frozen=True)
class Author:
    """A person in whose name the system writes."""

    person_id: UUID | None
    pk: int | None = None


def clean_answer(text: str, *, field: str, label: str, least: int = 10) -> str:
    """
    Return what the reporter is told, fit to keep.

    :raises Invalid: it is empty, shorter than ``least`` characters, too long, or hides characters
    """
    return writing.required(text, field=field, label=label, limit=ANSWER_LIMIT, least=least)


def tell(complaint: Complaint, *, actor: Actor, role: str, kind: MessageKind, text: str, now: datetime) -> None:
    """Write to the reporter inside the open act; he reads it with his receipt."""
    thread.say(actor=actor, role=role, complaint=complaint, kind=kind, text=text, now=now)


def noted(
    *, actor: Actor, action: str, text: str, now: datetime, then: Callable[[Complaint], None] | None = None
) -> Callable[[Complaint], None]:
    """Return what runs when the arrow is written: the reason is kept, and the rest follows."""

    def run(complaint: Complaint) -> None:
        remarks.note(complaint, actor=actor, action=action, text=text, now=now)
        if then is not None:
            then(complaint)

    return run
