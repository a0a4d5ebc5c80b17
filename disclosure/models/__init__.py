"""Tables and views of the disclosure room."""

from disclosure.models.document import Document
from disclosure.models.frequency import Frequency
from disclosure.models.views import PublicCode, PublicDepartment, PublicDepartmentCode, PublicDepartmentName, Shown

__all__ = [
    "Document",
    "Frequency",
    "PublicCode",
    "PublicDepartment",
    "PublicDepartmentCode",
    "PublicDepartmentName",
    "Shown",
]
