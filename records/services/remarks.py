"""Keeping the words of a reason beside the log entry that holds their digest."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from ledger import acts
from ledger.actors import Actor
from records.models import CaseRemark, DishonestyRecord, Remark
from records.workflow import writing
from rules.references import reference

LIMIT = 1000  # characters


def clean(text: str, *, field: str = "reason", label: str = "") -> str:
    """
    Return a reason fit to keep.

    :raises Invalid: it is longer than 1,000 characters or hides characters
    """
    return writing.clean(text, field=field, label=label or _("理由"), limit=LIMIT, lines=True)


def keep(record: DishonestyRecord, *, actor: Actor, action: str, text: str, now: datetime) -> None:
    """Keep what was written with the act that is open; an empty reason leaves nothing."""
    if text.strip():
        Remark(
            record=record,
            entry=acts.current().entry_id,
            action=action,
            edition=record.edition,
            person_id=actor.person_id,
            text=text,
            at=now,
        ).save()


def note(obj: models.Model, *, actor: Actor, action: str, text: str, now: datetime) -> None:
    """Keep what was written with the act that is open on any other case; an empty reason leaves nothing."""
    if text.strip():
        CaseRemark(
            **reference(obj)._asdict(),
            entry=acts.current().entry_id,
            action=action,
            person_id=actor.person_id,
            text=text,
            at=now,
        ).save()
