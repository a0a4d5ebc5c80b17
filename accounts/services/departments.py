"""Establishing, renaming and ending departments, and who answers for them. Moving one needs two persons: see `moves`."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import divisions
from accounts.identifiers import naming, uscc
from accounts.models import Department, DepartmentName, DepartmentParent
from accounts.services import tree
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid

LEVELS = [level.value for level in Department.Level]
"""Levels from the province down; a department never lies below one of a lower level."""

_PREFIX = re.compile(r"[A-Z]{2,8}")
_DIVISION = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}")


def establish(
    *,
    actor: Actor,
    name: str,
    code: str,
    level: str,
    kind: str,
    division_code: str,
    serial_prefix: str,
    valid_from: date,
    now: datetime,
    parent: Department | None = None,
    is_credit_lead: bool = False,
) -> Department:
    """Add a department to the tree; `code` is its 统一社会信用代码, `serial_prefix` begins its record numbers (JT).

    :raises Invalid: naming the field that is wrong. :raises Conflict: where code or prefix are taken.
    """
    with permitted(
        kind="accounts.establish_department", actor=actor, name="people:register_department", now=now
    ) as opened:
        tree.lock()
        unit = Department(
            name=naming.clean(name, label=_("部门名称"), longest=120),
            uscc=uscc.clean(code, kind=kind),
            level=level,
            kind=kind,
            division_code=check_division(division_code),
            serial_prefix=_clean_prefix(serial_prefix),
            valid_from=valid_from,
            is_credit_lead=is_credit_lead,
        )
        _check_free(unit)
        _place(unit, parent)
        opened.about(unit)
    return unit


def rename(*, actor: Actor, department: Department, name: str, valid_from: date, now: datetime) -> Department:
    """Give a department a new name from a day on; the former name keeps its days.

    :raises Invalid: where the name is the same or the day is not after the last change.
    """
    with permitted(
        kind="accounts.rename_department", actor=actor, name="people:edit_department", obj=department, now=now
    ):
        new = naming.clean(name, label=_("部门名称"), longest=120)
        last = department.names.get(valid_to__isnull=True)
        if new == last.name:
            raise Invalid(_("新名称与现在的名称相同"), field="name")
        if valid_from <= last.valid_from:
            raise Invalid(
                _("改名日期应晚于上一次变更（%(day)s）") % {"day": last.valid_from.isoformat()}, field="valid_from"
            )
        last.valid_to = valid_from
        last.save()
        DepartmentName(department=department, name=new, valid_from=valid_from).save()
        department.name = new
        department.save()
    return department


def close(*, actor: Actor, department: Department, valid_to: date, now: datetime) -> Department:
    """End a department from a day on; its records, names and places stay as they were.

    :raises Conflict: where it has ended, or departments still hang on it. :raises Invalid: for a day not after its first.
    """
    with permitted(
        kind="accounts.close_department", actor=actor, name="people:close_department", obj=department, now=now
    ):
        tree.lock()
        unit = Department.objects.get(pk=department.pk)
        if unit.valid_to is not None:
            raise Conflict(_("部门已经撤销"))
        if Department.objects.filter(parent=unit).existing_on(valid_to).exists():
            raise Conflict(_("还有下级部门，请先调整它们的隶属关系"))
        last = max(unit.names.latest("valid_from").valid_from, unit.parents.latest("valid_from").valid_from)
        if valid_to <= last:
            raise Invalid(_("撤销日期应晚于上一次变更（%(day)s）") % {"day": last.isoformat()}, field="valid_to")
        for row in (unit.names.get(valid_to__isnull=True), unit.parents.get(valid_to__isnull=True), unit):
            row.valid_to = valid_to
            row.save()
    return unit


def check_division(code: str) -> str:
    """Return a division code of 2, 4, 6 or 9 digits that is known and not retired.

    :raises Invalid: otherwise, naming the successor of a retired code.
    """
    text = code.strip()
    if not _DIVISION.fullmatch(text):
        raise Invalid(_("行政区划代码应为 2、4、6 或 9 位数字"), field="division_code")
    row = divisions.find(text[:6]) if len(text) > 6 else divisions.find(text)
    if row is None:
        raise Invalid(_("行政区划代码 %(code)s 不在本平台的区划表里") % {"code": text}, field="division_code")
    if row.valid_to is not None:
        values = {"code": text, "name": row.name, "successor": row.successor or "—"}
        raise Invalid(_("行政区划代码 %(code)s（%(name)s）已停用，现为 %(successor)s") % values, field="division_code")
    return text


def check_under(department: Department, parent: Department | None) -> None:
    """Refuse a parent of a lower level, itself, or one below it.

    :raises Invalid: saying which.
    """
    if parent is None:
        return
    if department.pk and parent.path.startswith(department.path):
        raise Invalid(_("上级不能是本部门或本部门的下级"), field="parent")
    if LEVELS.index(parent.level) > LEVELS.index(department.level):
        raise Invalid(_("上级部门的层级不能低于本部门"), field="parent")


def check_code_free(code: str, *, but: Department | None = None) -> None:
    """Refuse a credit code that a department bears, or bore until it was corrected; `but` may have its own back.

    :raises Conflict: naming the department.
    """
    holder = Department.objects.coded(code).exclude(pk=but.pk if but else None).first()
    if holder is None:
        return
    if holder.uscc == code:
        raise Conflict(_("这个统一社会信用代码已经登记在“%(name)s”名下") % {"name": holder.name}, field="uscc")
    told = {"name": holder.name, "code": holder.uscc}
    raise Conflict(_("这个统一社会信用代码以前登记在“%(name)s”名下（现为 %(code)s），不能再用") % told, field="uscc")


def _clean_prefix(text: str) -> str:
    prefix = text.strip().upper()
    if not _PREFIX.fullmatch(prefix):
        raise Invalid(_("编号字头应为 2 至 8 个英文字母"), field="serial_prefix")
    return prefix


def _check_free(unit: Department) -> None:
    check_code_free(unit.uscc)
    if Department.objects.filter(serial_prefix=unit.serial_prefix).exists():
        raise Conflict(_("这个编号字头已经有部门在用"), field="serial_prefix")


def _place(unit: Department, parent: Department | None) -> None:
    fresh = Department.objects.get(pk=parent.pk) if parent else None
    check_under(unit, fresh)
    if unit.is_credit_lead and Department.objects.filter(parent=fresh, is_credit_lead=True).exists():
        raise Conflict(_("这一级已经有牵头部门"), field="is_credit_lead")
    unit.parent = fresh
    unit.save()
    unit.path = f"{fresh.path if fresh else '/'}{unit.pk}/"
    unit.save()
    DepartmentName(department=unit, name=unit.name, valid_from=unit.valid_from).save()
    DepartmentParent(department=unit, parent=fresh, valid_from=unit.valid_from).save()
