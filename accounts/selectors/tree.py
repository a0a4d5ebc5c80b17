"""The tree of departments as pages draw it: a few levels below one place, and how many lie deeper."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from accounts.models import Department, DepartmentCode

DEPTH = 2
"""How many levels below the chosen place are drawn at once."""


@dataclass
class Branch:
    """A department with the branches drawn under it; `hidden` counts the children that are not."""

    department: Department
    branches: list["Branch"] = field(default_factory=list)
    hidden: int = 0


def branch(*, top: Department, on: date) -> Branch:
    """Return the tree from `top` down, two levels deep, of the departments that exist on `on`; this will run one query."""
    depth = top.path.count("/")
    rows = Department.objects.within(top).existing_on(on).annotate(below=Count("children")).order_by("level", "id")
    near = [row for row in rows if row.path.count("/") <= depth + DEPTH]
    made = {row.pk: Branch(row, hidden=row.below if row.path.count("/") == depth + DEPTH else 0) for row in near}
    made.setdefault(top.pk, Branch(top))
    for row in near:
        if row.pk != top.pk and row.parent_id in made:
            made[row.parent_id].branches.append(made[row.pk])
    return made[top.pk]


def top_of_tree() -> Department | None:
    """Return the root, or None while there is no department."""
    found: Department | None = Department.objects.filter(parent__isnull=True).order_by("id").first()
    return found


def named_like(text: str, *, on: date, limit: int = 50) -> list[Department]:
    """Return departments whose name holds the text or whose credit code, present or former, begins with it."""
    rows = Department.objects.existing_on(on)
    former = DepartmentCode.objects.filter(code__startswith=text.upper()).values("department_id")
    found = rows.filter(Q(name__contains=text) | Q(uscc__startswith=text.upper()) | Q(pk__in=former))
    return list(found.select_related("parent").order_by("path")[:limit])
