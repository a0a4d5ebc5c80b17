"""Pages of an accountability case: who held the post at the time, what was found, what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from accounts.models import Official
from ledger.refusals import Invalid
from records.models import RECOGNISED, DishonestyRecord
from records.selectors.duties import tracing
from records.services import accountability
from records.services.accountability import Result
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseAct, CasePage
from records.web.content import Fact
from records.web.duties import forms, words
from records.web.forms.acts import NoteForm, ReasonForm
from records.workflow import record_kind
from records.workflow.duties.kind import ACCOUNTABILITY_KIND
from rules import codes


class AccountabilityList(CaseList):
    """The cases a person may open."""

    kind = ACCOUNTABILITY_KIND
    heading = gettext_lazy("责任追究")


class AccountabilityFacts:
    """What a case says."""

    kind = ACCOUNTABILITY_KIND
    case: Any

    def facts(self) -> list[Fact]:
        """This will say which unit and which day, why, what was found and what came of it."""
        case = self.case
        letter = _("%(number)s，%(day)s") % {"number": case.transfer_number, "day": wording.day(case.transferred_on)}
        plain = [
            Fact(_("所涉单位"), case.department.name),
            Fact(_("行为发生日期"), wording.day(case.acted_on), note=_("按这一天的任职找人")),
            Fact(_("提出单位"), case.opened_by.name, note=wording.day(case.opened_on)),
            Fact(_("所据记录"), "、".join(link.record.number for link in self._links())),
            Fact(_("追责事由"), case.cause, is_prose=True),
            Fact(_("核查结论"), case.finding, is_prose=True),
            Fact(_("决定"), wording.day(case.decided_on)),
            Fact(_("移送"), case.transferred_to, note=letter if case.transferred_to else ""),
            Fact(_("监察机关反馈"), case.answer, is_prose=True),
            Fact(_("落实情况"), case.result, is_prose=True),
        ]
        return [fact for fact in plain if fact.text]

    def _links(self) -> list[Any]:
        return list(self.case.links.select_related("record").order_by("record__number"))


class AccountabilityPage(AccountabilityFacts, CasePage):
    """One case."""

    template_name = "staff/duties/accountability.html"
    acts = {  # noqa: RUF012
        "find": "duties:find",
        "trace": "duties:trace",
        "decide": "duties:decide",
        "send_back": "duties:return_finding",
        "transfer": "duties:transfer",
        "close": "duties:close_accountability",
    }
    main = ("find", "decide", "transfer", "close")
    grave = frozenset({"close"})

    def extra(self) -> dict[str, Any]:
        """This will give the persons, each in the post of that day."""
        rows = self.case.persons.select_related("official__person", "department").order_by("kind", "held_from", "id")
        persons = [
            {
                "name": row.official.person.name,
                "post": f"{row.department.name} {row.post_title}",
                "held": self._held(row),
                "kind": codes.label("responsibility", row.kind),
                "finding": row.finding,
                "measure": codes.label("accountability_measure", row.measure) if row.measure else "",
                "removed": row.removed_because,
            }
            for row in rows
        ]
        machine = self.kind.machine
        arrow = machine.arrows["trace"]
        closed = machine.standing_of(self.case, self.user, self.now).refusal(arrow, None, self.now, arrow.roles)
        return {"persons": persons, "may_drop": closed is None and self.case.state in arrow.sources}

    @staticmethod
    def _held(row: Any) -> str:
        until = wording.day(row.held_to) if row.held_to else _("今")
        return _("%(from)s 至 %(until)s") % {"from": wording.day(row.held_from), "until": until}


class OpenCase(CaseAct):
    """A case is opened from a record."""

    kind = record_kind.KIND
    form_class = forms.OpenCaseForm
    question = gettext_lazy("启动责任追究")
    keeps = gettext_lazy("按行为发生那一天的任职提出人员；提出的人和决定的人不是同一人。")
    verb = gettext_lazy("启动")
    done = gettext_lazy("已启动，并列出当时的主要负责人。")
    made: Any = None

    def closed_to_reader(self, page: str) -> str:
        """This will ask the rule the act itself asks."""
        return accountability.refusal(actor=self.user, unit=self.case.subject_department, now=self.now) or ""

    def facts(self) -> list[Fact]:
        """This will say which record."""
        return [words.about(self.case, seen=True), Fact(_("被记录单位"), self.case.subject_unit_name)]

    def _records(self) -> Any:
        rows = DishonestyRecord.objects.visible_to(self.user, self.now)
        return rows.filter(subject_department=self.case.subject_department, state__in=RECOGNISED).order_by("-number")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the unit's decided records."""
        found = [(str(each.pk), f"{each.number} {each.document_name}") for each in self._records()[:50]]
        return super().get_form_kwargs() | {"found": found}

    def get_initial(self) -> dict[str, Any]:
        """This will tick the record one came from."""
        return {**super().get_initial(), "records": [str(self.case.pk)]}

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the case."""
        self.made = accountability.open_case(
            actor=self.user, records=self._records().filter(pk__in=kept["records"]), acted_on=kept["acted_on"],
            cause=kept["cause"], now=self.now,
        )  # fmt: skip

    def after(self) -> str:
        """This will lead to the case."""
        return ACCOUNTABILITY_KIND.address(self.made)


class Trace(AccountabilityFacts, CaseAct):
    """Somebody who held a post that day is added."""

    form_class = forms.TraceForm
    question = gettext_lazy("增加人员")
    keeps = gettext_lazy("只列行为发生那一天在该单位任职的人；后来调离的照列。")
    verb = gettext_lazy("增加")
    done = gettext_lazy("已增加。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the holders of that day."""
        people = [
            (
                str(each.official.pk),
                f"{each.official.person.name} · {each.post_title}" + (_("（已离任）") if each.has_left else ""),
            )
            for each in tracing.holders(self.case.department, on=self.case.acted_on)
        ]
        return super().get_form_kwargs() | {"people": people}

    def act(self, kept: dict[str, Any]) -> None:
        """This will add him."""
        official = Official.objects.filter(pk=kept["official"]).first()
        if official is None:
            raise Invalid(_("请选择人员"), field="official")
        accountability.add_person(
            actor=self.user, case=self.case, official=official, kind=kept["kind"], version=kept["version"], now=self.now
        )


class Drop(AccountabilityFacts, CaseAct):
    """Somebody is left out, with the reason."""

    form_class = forms.DropForm
    question = gettext_lazy("去掉人员")
    keeps = gettext_lazy("写明为什么与他无关；调离不是理由。")
    verb = gettext_lazy("去掉")
    done = gettext_lazy("已去掉。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer those in the case."""
        rows = self.case.persons.filter(removed_because="").select_related("official__person")
        people = [(str(each.pk), f"{each.official.person.name} · {each.post_title}") for each in rows]
        return super().get_form_kwargs() | {"people": people}

    def act(self, kept: dict[str, Any]) -> None:
        """This will leave him out."""
        accountability.drop_person(
            actor=self.user, case=self.case, person=UUID(kept["person"]), reason=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Find(AccountabilityFacts, CaseAct):
    """A result is proposed for every person."""

    form_class = forms.FindForm
    question = gettext_lazy("提出处理意见")
    keeps = gettext_lazy("提出之后由另一人决定。")
    verb = gettext_lazy("提出")
    done = gettext_lazy("已提出，等另一人决定。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer two fields for each person."""
        rows = self.case.persons.filter(removed_because="").select_related("official__person").order_by("kind", "id")
        return super().get_form_kwargs() | {"people": list(rows)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will propose it."""
        results = {
            UUID(hex=name[8:]): Result(text or "", kept.get(f"measure_{name[8:]}") or "")
            for name, text in kept.items()
            if name.startswith("finding_")
        }
        accountability.find(
            actor=self.user, case=self.case, results=results, finding=kept["finding"], version=kept["version"],
            now=self.now,
        )  # fmt: skip


class ReturnFinding(AccountabilityFacts, CaseAct):
    """The proposal goes back."""

    form_class = ReasonForm
    question = gettext_lazy("退回核查")
    keeps = gettext_lazy("写明缺什么。")
    verb = gettext_lazy("退回")
    done = gettext_lazy("已退回。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send it back."""
        accountability.send_back(
            actor=self.user, case=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Decide(AccountabilityFacts, CaseAct):
    """Another person decides."""

    form_class = NoteForm
    question = gettext_lazy("决定处理意见")
    keeps = gettext_lazy("同意所提意见；有移送的，移送之后才能办结。")
    verb = gettext_lazy("决定")
    done = gettext_lazy("已决定。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will decide."""
        accountability.decide(actor=self.user, case=self.case, note=kept["note"], version=kept["version"], now=self.now)


class Transfer(AccountabilityFacts, CaseAct):
    """The case is handed over."""

    form_class = forms.TransferForm
    question = gettext_lazy("移送监察机关")
    keeps = gettext_lazy("登记接收机关和移送函文号，等反馈。")
    verb = gettext_lazy("登记移送")
    done = gettext_lazy("已登记移送。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand it over."""
        accountability.transfer(
            actor=self.user, case=self.case, organ=kept["organ"], number=kept["number"], version=kept["version"],
            now=self.now,
        )  # fmt: skip


class CloseCase(AccountabilityFacts, CaseAct):
    """The case is closed with what was done."""

    form_class = forms.CloseForm
    question = gettext_lazy("办结责任追究")
    keeps = gettext_lazy("写明处理如何落实；人员调离不能使本案办结。")
    verb = gettext_lazy("办结")
    done = gettext_lazy("已办结。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will close it."""
        accountability.close(
            actor=self.user, case=self.case, result=kept["reason"], answer=kept["answer"], version=kept["version"],
            now=self.now,
        )  # fmt: skip
