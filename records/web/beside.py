"""What stands beside the filing form: consequences, the public heading, scan hits, possible twins, the unit found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from records.models import DishonestyRecord
from records.selectors import consequences, duplicates, titles
from records.web import scanning
from records.web.forms.filing import FilingForm
from records.web.pages import record_url
from records.workflow.filing import Filing
from records.workflow.names import names_about, names_of
from rules import clock, scan

LONGEST_SCANNED = 4000  # characters; longer facts are refused anyway


def twins(form: FilingForm, record: DishonestyRecord | None, *, user: User, now: datetime) -> list[dict[str, Any]]:
    """This will list records that may be the same matter, each with its heading and its address."""
    filing = typed(form)
    if filing is None:
        return []
    found = duplicates.possible(
        subject_department=filing.subject_department,
        subject_official=filing.subject_official,
        document_number=filing.document_number,
        source_type=filing.source_type,
        decided_on=filing.decided_on,
        user=user,
        now=now,
        besides=record.pk if record else None,
    )
    return [{"record": twin, "url": record_url(twin), "why": titles.title(twin)} for twin in found]


def typed(form: FilingForm) -> Filing | None:
    """This will give what the form holds so far, good fields only; None until a unit is found."""
    kept = _good(form)
    if form.match.unit is None:
        return None
    several = {name: tuple(kept.get(name) or ()) for name in ("basis_codes", "key_areas", "sanctions_proposed")}
    official = next((post.official for post in form.posts if str(post.official_id) == kept.get("official")), None)
    plain = {name: kept[name] for name in FilingForm._plain() if kept.get(name) not in (None, "")}
    facts: dict[str, Any] = {**plain, **several}
    return Filing(subject_department=form.match.unit, subject_official=official, **facts)


def _good(form: FilingForm) -> dict[str, Any]:
    """The fields that hold something readable: as typed and cleaned, or as the form starts."""
    if form.is_bound:
        form.is_valid()
        return dict(form.cleaned_data)
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def beside(form: FilingForm, now: Any, record: DishonestyRecord | None = None) -> dict[str, Any]:
    """This will say what recognition today would bring, the public heading, and what the scan finds in the facts."""
    filing = typed(form)
    hits = [hit["words"] for hit in facts_hits(form, record)]
    if filing is None:
        unknown = {"label": _("公示、报送、修复"), "result": _("填好单位以后给出"), "known": False}
        return {"consequences": [unknown], "public_title": _("填好单位以后给出"), "scan_hits": hits}
    heading = titles.heading(
        unit=filing.subject_department.name, source_type=filing.source_type,
        is_person=filing.subject_official is not None, on=clock.local_day(now),
    )  # fmt: skip
    return {
        "consequences": consequences.preview(filing, now=now),
        "public_title": heading,
        "scan_hits": hits,
    }


def facts_hits(form: FilingForm, record: DishonestyRecord | None) -> list[dict[str, str]]:
    """This will say what the scan finds in the facts as typed, each with the key that masks it."""
    text = str(form["facts"].value() or "")[:LONGEST_SCANNED]
    hits = scan.find(text, names=known_names(form, record))
    return [{"words": scanning.words(hit), "key": f"{hit.start}-{hit.end}"} for hit in hits]


def known_names(form: FilingForm, record: DishonestyRecord | None) -> frozenset[str]:
    """The persons known to what is typed so far, and to the draft it is typed into."""
    filing = typed(form)
    known = names_of(record) if record else frozenset()
    if filing is None:
        return known
    return known | names_about(
        unit=filing.subject_department, official=filing.subject_official, decided_on=filing.decided_on
    )


def found(form: FilingForm) -> str:
    """Under which unit the record will go, former names included."""
    unit = form.match.unit
    if unit is None:
        return ""
    former = [row.name for row in unit.names.order_by("valid_from") if row.name != unit.name]
    told = _("记在 %(name)s（%(code)s）名下。") % {"name": unit.name, "code": unit.uscc}
    return told + (_("曾用名：%(names)s。") % {"names": "、".join(former)} if former else "")
