"""Which honours stand for whom on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from records.models import Honour, HonourState
from records.workflow.archives.restricting import Subject


def standing(subjects: Sequence[Subject], *, on: date) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the titles granted and in their term, by subject, in one query."""
    units = [each.department.pk for each in subjects if each.official is None]
    officials = [each.official.pk for each in subjects if each.official is not None]
    whom = Q(official=None, subject_department__in=units) | Q(official__in=officials)
    in_term = Q(valid_to=None) | Q(valid_to__gte=on)
    rows = Honour.objects.filter(whom, in_term, state=HonourState.GRANTED).order_by("-granted_on", "id")
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for honour in rows:
        person = honour.official_id is not None
        key = ("official", str(honour.official_id)) if person else ("unit", str(honour.subject_department_id))
        told = {
            "title": honour.title,
            "level": honour.level,
            "number": honour.document_number,
            "valid_to": honour.valid_to.isoformat() if honour.valid_to else "",
        }
        found.setdefault(key, []).append(told)
    return found
