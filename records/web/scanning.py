"""What the text scan found, in words, and the same text with what was found masked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts import masking
from records.models import DishonestyRecord
from records.workflow import publicity
from records.workflow.filing import Filing
from records.workflow.publicity import Found
from rules import scan

MASK = "＊"
COPIED = (
    "source_type", "document_name", "document_number", "issuer_name", "decided_on", "facts", "severity_proposed",
    "economic_loss_yuan", "social_impact", "discipline", "in_duty", "prior_hearing_by_source", "needs_rectification",
    "is_repairable",
)  # fmt: skip
LISTED = ("basis_codes", "key_areas", "sanctions_proposed")


def words(hit: Any) -> str:
    """This will say in which sentence the scan found what."""
    return _("第 %(sentence)d 句含%(kind)s“%(text)s”") % {
        "sentence": hit.sentence, "kind": scan.LABELS.get(hit.kind, hit.kind), "text": hit.text,
    }  # fmt: skip


def hidden(text: str, hit: scan.Hit | Found) -> str:
    """This will put stars over what was found, as many as it had characters; a name keeps its family name and one star."""
    stars = masking.name(hit.text) if hit.kind == scan.NAME else MASK * (hit.end - hit.start)
    return text[: hit.start] + stars + text[hit.end :]


def without_hit(text: str, key: str, *, names: Iterable[str]) -> str:
    """This will mask the hit ``start-end`` of a text; a key that fits no hit changes nothing."""
    hit = next((each for each in scan.find(text, names=names) if f"{each.start}-{each.end}" == key), None)
    return hidden(text, hit) if hit else text


def masked(record: DishonestyRecord, key: str) -> Filing:
    """This will give the record's content with one hit masked, as a correction takes it."""
    facts: dict[str, Any] = {}
    for hit in publicity.hits(record):
        if hit.key == key:
            facts[hit.field] = hidden(str(getattr(record, hit.field)), hit)
    return filing_of(record, **facts)


def filing_of(record: DishonestyRecord, **changed: Any) -> Filing:
    """This will give the content of a record in the form the services take, with some fields changed."""
    plain: dict[str, str | date | Decimal | bool | None] = {name: getattr(record, name) for name in COPIED}
    several = {name: tuple(getattr(record, name)) for name in LISTED}
    return Filing(
        subject_department=record.subject_department, subject_official=record.subject_official,
        **{**plain, **several, **changed},
    )  # type: ignore[arg-type]  # fmt: skip
