"""The workflow kernel: one table of arrows per workflow, five readers."""

from rules.workflow.arrow import SUBJECT_ROLE, SYSTEM_ROLE, Arrow, Guard, GuardContext, Offer, Starts
from rules.workflow.machine import MACHINES, Machine
from rules.workflow.repeats import Repeated, first_result

__all__ = [
    "MACHINES",
    "SUBJECT_ROLE",
    "SYSTEM_ROLE",
    "Arrow",
    "Guard",
    "GuardContext",
    "Machine",
    "Offer",
    "Repeated",
    "Starts",
    "first_result",
]
