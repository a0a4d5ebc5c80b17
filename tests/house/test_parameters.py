"""Every number of the law is read somewhere: a row that changes nothing misleads whoever changes it."""

from __future__ import annotations

import re

from rules import data_files
from rules.models import Parameter
from tests.environment import ROOT
from tests.house.test_building import ROOMS

NOT_READ_YET = {
    "assessment.objection_days": "the yearly assessment, a room of its own",
    "assessment.year_start": "the yearly assessment, a room of its own",
    "inspection.comment_days": "inspections of the supervision room",
    "inspection.frequency_per_year": "inspections of the supervision room",
    "suggestion.reply_months": "suggestions and proposals of the supervision room",
    "suggestion.reply_max_months": "suggestions and proposals of the supervision room",
    "judicial.suggestion_reply_months": "judicial suggestions of the supervision room",
    "judicial.hearing_notice_days": "judicial suggestions of the supervision room",
    "ogi.request_days": "disclosure on request, a room of its own",
    "ogi.extension_days": "disclosure on request, a room of its own",
    "retention.pia_years": "assessments of the impact on persons, of the protection room",
    "retention.audit_log_years": "nothing to do: the log is append-only and outlasts any period",
    "retention.ended_record": "says what the record's machine does: ended records are archived, never deleted",
}
"""What no code reads, and who will; a row leaves this list with the room that reads it."""


def test_every_parameter_is_read_in_the_code():
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    )
    named = set(re.findall(r'"([a-z0-9_.]+)"', source))
    keys = {row.key for row in data_files.rows() if isinstance(row, Parameter)}
    assert len(keys) > 80
    assert sorted(keys - named - NOT_READ_YET.keys()) == []
    assert sorted(NOT_READ_YET.keys() - keys) == [], "an exemption without a parameter"
    assert sorted(NOT_READ_YET.keys() & named) == [], "an exemption of what is read by now"
