"""责任倒查: who held which post in a unit on the day of the act, whatever he holds today (row 29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Department, Official, Post
from accounts.models.department import holding_on
from accounts.models.official import FirstResponsiblePerson

HEAD, SUPERVISING, DIRECT = "MAIN_HEAD", "DIRECT_SUPERVISOR", "DIRECT"
LEADING = ("111", "112", "121", "122", "131", "132", "141", "142")


@dataclass(frozen=True)
class Holder:
    """One person in his post of that day, and how he would be named."""

    official: Official
    department: Department
    post_title: str
    held_from: date
    held_to: date | None
    kind: str

    @property
    def has_left(self) -> bool:
        """Whether he holds the post no longer; it changes nothing."""
        return self.held_to is not None


def holders(department: Department, *, on: date) -> list[Holder]:
    """Return who held a post in the unit on a day: the head of that day first, then by rank; two queries."""
    held = holding_on(on, start="held_from", end="held_to")
    headship = FirstResponsiblePerson.objects.filter(held, department=department).select_related("official__person")
    head = headship.first()
    posts = list(
        Post.objects.filter(held, department=department)
        .select_related("official__person")
        .order_by("leadership_code", "held_from", "id")
    )
    found: dict[object, Holder] = {}
    if head is not None:
        own = next((post for post in posts if post.official_id == head.official_id), None)
        title = own.title if own else str(FirstResponsiblePerson._meta.verbose_name)
        found[head.official_id] = Holder(head.official, department, title, head.held_from, head.held_to, HEAD)
    for post in posts:
        kind = SUPERVISING if post.leadership_code in LEADING else DIRECT
        held_by = Holder(post.official, department, post.title, post.held_from, post.held_to, kind)
        found.setdefault(post.official_id, held_by)
    return list(found.values())


def post_on(official: Official, *, on: date, department: Department | None = None) -> Post | None:
    """Return the highest post somebody held on a day, in one unit or anywhere."""
    place = Q(department=department) if department else Q()
    held = Post.objects.filter(holding_on(on, start="held_from", end="held_to"), place, official=official)
    return held.select_related("department").order_by("leadership_code", "held_from").first()
