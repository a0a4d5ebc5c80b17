"""What each severity brings, in a sentence under its choice."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from rules import codes, disclosure_policy


def severity_notes(on: date) -> dict[str, str]:
    """This will say under each severity what it brings for a unit recognised on a day."""
    return {code: _severity_note(code, on) for code, _label in codes.choices("severity", on=on)}


def _severity_note(code: str, on: date) -> str:
    entry = codes.find("severity", code, on)
    meaning = str(entry.facts.get("meaning", "")) if entry else ""
    policy = disclosure_policy.choose(source_type="", severity=code, recognised_on=on, is_person=False)
    if not policy.publish_by_default:
        shown = _("默认不公示。")
    elif policy.max_months:
        shown = _("公示 %(least)d 至 %(most)d 个月。") % {"least": policy.min_months or 0, "most": policy.max_months}
    else:
        shown = _("默认公示。")
    return meaning + shown
