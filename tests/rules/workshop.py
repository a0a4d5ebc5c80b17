"""A small workflow for testing the machine: a case that is drafted, checked, decided, shown and withdrawn by two."""

from __future__ import annotations

from uuid import uuid4

from django.db import connections, models

from ledger.covered import Covered
from ledger.refusals import Invalid
from rules.workflow import MACHINES, SUBJECT_ROLE, SYSTEM_ROLE, Arrow, GuardContext, Machine, Starts


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    PENDING = "pending", "待审核"
    RETURNED = "returned", "退回"
    DECIDING = "deciding", "待认定"
    SHOWN = "shown", "公示中"
    WITHDRAWN = "withdrawn", "已撤销"
    EXPIRED = "expired", "公示期满"


class Case(Covered):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    facts = models.TextField(default="")

    class Meta:
        app_label = "workshop"  # no installed app: the model lives in these tests alone
        db_table = "workshop_case"


def needs_facts(context: GuardContext) -> str | None:
    return None if context.offering or context.obj.facts else "没有写明事实"


def needs_known_words(context: GuardContext) -> Invalid | None:
    facts = context.changes.get("facts", "")
    return Invalid("事实里有不能用的词", field="facts") if "禁词" in facts else None


D, P, R, C, S = State.DRAFT, State.PENDING, State.RETURNED, State.DECIDING, State.SHOWN
CASE = Machine(
    Case,
    [
        Arrow(
            "submit",
            "提交",
            frozenset({D, R}),
            P,
            ("clerk",),
            part="filer",
            guards=(needs_facts, needs_known_words),
            starts=(Starts("push.record_create_days", on="decided_on", owner_role="approver"), "record.review_days"),
            consequence="交部门审核人",
        ),
        Arrow(
            "send_back",
            "退回",
            frozenset({P}),
            R,
            ("reviewer",),
            part="reviewer",
            four_eyes=True,
            needs_reason=True,
            closes=("record.review_days",),
        ),
        Arrow(
            "pass_on",
            "通过审核",
            frozenset({P}),
            C,
            ("reviewer",),
            part="reviewer",
            four_eyes=True,
            closes=("record.review_days",),
            starts=("record.review_days",),
            law="平台约定",
        ),
        Arrow(
            "decide",
            "认定",
            frozenset({C}),
            S,
            ("approver",),
            part="approver",
            four_eyes=True,
            closes=("record.review_days", "push.record_create_days"),
            public="公示",
            reported="C",
        ),
        Arrow("correct", "更正", frozenset({S}), None, ("approver",), needs_reason=True, reported="U"),
        Arrow(
            "withdraw",
            "撤销",
            frozenset({S}),
            State.WITHDRAWN,
            ("approver",),
            signatures=("approver", "approver"),
            needs_reason=True,
            public="撤下",
            reported="W",
        ),
        Arrow(
            "revise",
            "改判",
            frozenset({S}),
            None,
            ("reviewer",),
            part="approver",
            signatures=("reviewer", "approver"),
            guards=(needs_known_words,),
        ),
        Arrow("answer", "陈述", frozenset({P}), None, (SUBJECT_ROLE, "clerk")),
        Arrow("expire", "公示期满", frozenset({S}), State.EXPIRED, (SYSTEM_ROLE,), reported="E"),
    ],
    name="workshop",
    label="检验事项",
    noun="记录",
    department_of=lambda case: case.department,
    subject_person_of=lambda case: case.person_id,
)
# It is none of the portal's; whoever walks the registry must not meet it.
MACHINES.pop(CASE.name)


def build_table(alias: str = "owner") -> None:
    """Make the table of the workshop where it is missing; the owner's defaults give the application its rights."""
    connection = connections[alias]
    if Case._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Case)
