"""What a record is called on pages: the unit, and what is recorded of it; never a person's name."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from records.models import DishonestyRecord
from rules import codes


def title(record: DishonestyRecord) -> str:
    """Return the heading of a record for staff and public pages alike; this will name the unit, never the person."""
    return heading(
        unit=record.subject_unit_name,
        source_type=record.source_type,
        is_person=record.is_person,
        on=record.recognised_on or record.registered_on,
    )


def heading(*, unit: str, source_type: str, is_person: bool, on: date) -> str:
    """Return the heading of what is not a record yet."""
    what = codes.label("source_type", source_type, on) if source_type else _("失信记录")
    if is_person:
        return _("%(unit)s一名工作人员%(what)s") % {"unit": unit, "what": what}
    return _("%(unit)s%(what)s") % {"unit": unit, "what": what}
