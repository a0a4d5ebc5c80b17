"""The promise a complaint says was broken, named by its number (domain 4.1: an external claim of non-performance is a complaint)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import Department
from ledger.refusals import Invalid
from records.models import Commitment

FIELD = "commitment"


def named(number: str, *, department: Department, is_public: bool) -> tuple[str, str]:
    """
    Return what a complaint keeps of the promise with this number: type and key, both empty where no number is given.

    :param is_public: the public asks, so that one never shown is not told from one that never was
    :raises Invalid: this department has no such promise
    """
    typed = "".join(number.split())
    if not typed:
        return "", ""
    found = shown(typed) if is_public else Commitment.objects.filter(number=typed).first()
    if found is None or found.department_id != department.pk:
        raise Invalid(
            _("%(unit)s没有编号为“%(number)s”的承诺，请核对编号，或者留空")
            % {"unit": department.name, "number": typed[:40]},
            field=FIELD,
        )
    return Commitment._meta.label_lower, str(found.pk)


def shown(number: str) -> Commitment | None:
    """Give a promise the public has seen, by its number."""
    held: Commitment | None = (
        Commitment.objects.filter(number=number[:40], public_version__gt=0).select_related("department").first()
    )
    return held
