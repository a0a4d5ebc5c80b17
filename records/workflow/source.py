"""What the catalogue says of a record's source type: whom it may concern, what it rests on, who may hear of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ledger.refusals import Invalid, Refused
from records.models import DishonestyRecord
from rules import codes
from rules.clock import local_day
from rules.workflow import GuardContext


def facts(record: DishonestyRecord, on: date | None = None) -> dict[str, Any]:
    """Return the facts of the source type as of a day; of an unknown type, none."""
    found = codes.find("source_type", record.source_type, on or record.recognised_on or record.registered_on)
    told: dict[str, Any] = found.facts if found else {}
    return told


def fits_the_subject(ctx: GuardContext) -> Refused | None:
    """Refuse a source type that does not concern this kind of subject."""
    record: DishonestyRecord = ctx.obj
    wanted = "person" if record.is_person else "unit"
    about = facts(record, local_day(ctx.now)).get("about", [wanted])
    if wanted in about:
        return None
    label = codes.label("source_type", record.source_type)
    return Invalid(_("“%s”不适用于这类主体") % label, field="source_type")


def on_the_catalogue(ctx: GuardContext) -> Refused | None:
    """Recognise only source types and bases on the catalogue of today (国办发〔2020〕49号)."""
    record, today = ctx.obj, local_day(ctx.now)
    found = codes.find("source_type", record.source_type, today)
    if found is None:
        return Invalid(_("失信来源类型“%s”不在现行目录中，不能认定") % record.source_type, field="source_type")
    if not record.basis_codes:
        return Invalid(_("没有认定依据，不能认定"), field="basis_codes")
    for code in record.basis_codes:
        if codes.find("legal_basis", code, today) is None:
            return Invalid(_("认定依据“%s”不在现行目录中，不能认定") % code, field="basis_codes")
    if not set(found.facts.get("basis", record.basis_codes)) & set(record.basis_codes):
        return Invalid(_("所选依据都不是“%s”的认定依据") % found.label, field="basis_codes")
    return None


def not_restricted(ctx: GuardContext) -> str | None:
    """Show nothing of a restricted source (Party discipline), whatever the policy says."""
    restricted = facts(ctx.obj).get("is_restricted")
    return _("这一来源类型限内部使用，不得公示") if restricted else None
