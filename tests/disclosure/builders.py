"""Public documents for tests, always through the publishing acts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from accounts.models import Department, DepartmentName
from disclosure import publishing
from disclosure.models import Document
from disclosure.publishing import PublicDocument
from ledger.actors import SYSTEM
from ledger.acts import act

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 5, 11, 12, 0, tzinfo=ZONE)
PROVINCE, CITY, BUREAU = "11440000006940175X", "11441400MB2C12348W", "11441400MB3E56782C"


def at(day: date, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    """Give a moment in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZONE)


def paper(**changes: Any) -> PublicDocument:
    """Give a general record of a bureau, recognised on 2026-05-11 and shown for a year."""
    return replace(
        PublicDocument(
            id=uuid4(),
            version=1,
            kind="dishonesty",
            number="梅信认〔2026〕17号",
            title="关于认定梅州市交通运输局未按期完成客运站无障碍改造公开承诺的决定",
            department_uscc=BUREAU,
            department_name="梅州市交通运输局",
            division_code="441400",
            ancestors=(PROVINCE, CITY, BUREAU),
            areas=("BIDDING",),
            source_type="BROKEN_COMMITMENT",
            severity="general",
            decided_on=date(2026, 5, 11),
            visible_from=date(2026, 5, 11),
            visible_until=date(2027, 5, 11),
            fields={
                "organ": "梅州市发展和改革局",
                "paragraphs": [
                    "经查，截至2025年12月31日，仅完成坡道一项，构成未履行公开承诺。",
                    "严重程度认定为一般。",
                ],
                "points": [
                    {"label": "被记录单位", "text": "梅州市交通运输局"},
                    {"label": "认定依据", "text": "发改财金〔2023〕1103号"},
                ],
                "history": [{"day": "2026-05-11", "title": "认定生效，开始公示", "note": ""}],
            },
            why={
                "basis": "部门没有兑现向社会作出的承诺，且程度为“一般”，依规定应当公示。",
                "clause": "“一般”最短 3 个月、最长 12 个月，从认定当日起算。",
                "start": "2026-05-11",
                "last_day": "2027-05-11",
                "decided_by": "梅州市发展和改革局；填报、审核、认定由三人分别经手。",
                "repair_from": "2026-08-11",
                "ends_earlier": ["异议成立", "2026年8月11日以后信用修复获准", "据以认定的文件被撤销"],
            },
        ),
        **changes,
    )


def publish(*, now: datetime = NOON, **changes: Any) -> Document:
    """Publish one paper in an act of its own."""
    with act(kind="test.publish", actor=SYSTEM, role="system", now=now):
        return publishing.publish(document=paper(**changes), now=now)


def running(*, on: date, months: int = 12, **changes: Any) -> dict[str, Any]:
    """Give the dates of a document that is public on a day: since ten days before, for about as many months."""
    first = on - timedelta(days=10)
    return {"decided_on": first, "visible_from": first, "visible_until": first + timedelta(days=30 * months), **changes}


def end(document_id: UUID, *, version: int = 2, kind: str = "withdrawn", now: datetime = NOON) -> None:
    """End a document in an act of its own."""
    with act(kind="test.end", actor=SYSTEM, role="system", now=now):
        publishing.end(document_id=document_id, version=version, kind=kind, now=now)


def mark(document_id: UUID, *, version: int = 2, marked: bool = True, now: datetime = NOON) -> None:
    """Mark a document, or take the mark off, in an act of its own."""
    with act(kind="test.mark", actor=SYSTEM, role="system", now=now):
        publishing.mark(document_id=document_id, version=version, marked=marked, since=now.date(), now=now)


def correct(document: PublicDocument, *, what: str = "金额写错，已改正。", now: datetime = NOON) -> None:
    """Correct a document in an act of its own."""
    with act(kind="test.correct", actor=SYSTEM, role="system", now=now):
        publishing.correct(document=document, what=what, now=now)


def department(*, parent: Department | None = None, **changes: Any) -> Department:
    """Register a bureau in the tree, with a present and a former name, in an act."""
    facts = {"name": "梅州市交通运输局", "uscc": BUREAU, "level": "CITY", "kind": "organ", "division_code": "441400"}
    facts |= {"serial_prefix": "JT", **changes}
    with act(kind="test.department", actor=SYSTEM, role="system", now=NOON):
        row = Department(valid_from=date(2000, 1, 1), parent=parent, path="/", **facts)
        row.save()
        row.path = f"{parent.path if parent else '/'}{row.pk}/"
        row.save()
        for name, first, last in (
            ("梅州市交通局", date(2000, 1, 1), date(2019, 3, 1)),
            (row.name, date(2019, 3, 1), None),
        ):
            DepartmentName(department=row, name=name, valid_from=first, valid_to=last).save()
    return row
