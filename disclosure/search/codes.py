"""
The credit codes a department has borne: what was published under a mistyped one still counts for it and its superiors.

There are as many former codes as there were slips of the pen, so all of them are read at once.
"""

from collections.abc import Mapping

from disclosure.models import PublicDepartmentCode

Former = Mapping[str, str]
"""From each former code to the present one of the same department."""


def former(alias: str) -> Former:
    """This will read every former code."""
    return dict(PublicDepartmentCode.objects.using(alias).order_by("id").values_list("code", "present"))


def borne(code: str, known: Former) -> tuple[str, ...]:
    """This will give every code of the department that bears, or bore, the given one; the present one first."""
    present = known.get(code, code)
    return (present, *(old for old, new in known.items() if new == present))


def counted(counts: Mapping[str, int], code: str, known: Former) -> int:
    """This will add up what was counted under any code of a department."""
    return sum(counts.get(each, 0) for each in borne(code, known))
