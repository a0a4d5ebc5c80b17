"""The tables of the rules room."""

from rules.models.calendar import CalendarDay
from rules.models.code import Code
from rules.models.dated import Dated, Mark, Origin
from rules.models.deadline import Deadline, DeadlineMove, Suspension
from rules.models.details import DetailForm
from rules.models.hand import Hand, Repeat
from rules.models.parameter import Holder, Parameter, Unit
from rules.models.policy import ANY, DisciplinePeriod, DisclosurePolicy, Family, SchemeOfSource
from rules.models.proposal import Proposal, ProposalState, Signature
from rules.models.serial import SerialCounter

__all__ = [
    "ANY",
    "CalendarDay",
    "Code",
    "Dated",
    "Deadline",
    "DeadlineMove",
    "DetailForm",
    "DisciplinePeriod",
    "DisclosurePolicy",
    "Family",
    "Hand",
    "Holder",
    "Mark",
    "Origin",
    "Parameter",
    "Proposal",
    "ProposalState",
    "Repeat",
    "SchemeOfSource",
    "SerialCounter",
    "Signature",
    "Suspension",
    "Unit",
]
