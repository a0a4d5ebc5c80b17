"""Versions on the wire: an ETag with every record, If-Match with every act (RFC 9110)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.refusals import Invalid, Stale
from records.models import DishonestyRecord

STRONG = re.compile(r'^"(\d{1,9})"$')


class PreconditionRequired(Invalid):
    """An act came without the version it was decided on."""

    status = 428
    code = "precondition_required"


class PreconditionFailed(Stale):
    """The record has changed since the version the act was decided on."""

    status = 412
    code = "precondition_failed"


def tag(record: DishonestyRecord) -> str:
    """Return the record's ETag."""
    return f'"{record.version}"'


def wanted(header: str | None) -> int:
    """
    Return the version an act names.

    :raises PreconditionRequired: there is no If-Match, or none that names one version
    """
    found = STRONG.match((header or "").strip())
    if found is None:
        raise PreconditionRequired(_('请带上 If-Match：写您看到的版本，如 "3"'), field="If-Match")
    return int(found[1])
