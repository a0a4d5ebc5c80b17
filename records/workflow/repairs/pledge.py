"""信用承诺书: the words a subject signs; what was signed is kept as it was read (国办发〔2025〕22号)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from records.models import CreditRepair, DishonestyRecord
from rules import parameters
from rules.clock import local_day


def text(record: DishonestyRecord, *, now: datetime) -> str:
    """Return the pledge about one record, with what follows where it turns out false."""
    months = int(parameters.value("repair.false_promise_block_months", on=local_day(now)))
    return _(
        "就记录 %(number)s 所载失信行为，%(who)s承诺：一、已经履行法定义务，纠正失信行为，消除不良影响；"
        "二、所提交的材料真实、合法、有效；三、今后依法履职、守信践诺；四、承诺或者材料虚假的，修复撤销，"
        "记录按剩余期限再次公示，%(months)d个月内不再申请修复，并承担相应责任。"
    ) % {"number": record.number, "who": applicant_name(record), "months": months}


def applicant_name(record: DishonestyRecord) -> str:
    """Return the name of the unit or official recorded."""
    return record.subject_name if record.is_person else record.subject_unit_name


def is_signed(repair: CreditRepair) -> bool:
    """Say whether the pledge of an application has been signed."""
    return bool(repair.pledge_on and repair.pledge_by)
