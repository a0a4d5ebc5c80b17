"""回避: why a person must take no hand in a case, found from declared ties and from the posts of the subject.

Source: 公务员法 第七十四条至第七十六条; a person never decides on himself, his relatives or his direct superior.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.department import Department
from accounts.models.role import Recusal
from ledger import memory


def between(
    *, person_id: UUID | None, department: Department | None, subject_person_id: UUID | None = None, now: datetime
) -> str | None:
    """Return a sentence fit to show why the person must stay away from this department or subject, or None.

    A tie declared by either side counts, from the day it was declared.
    """
    if person_id is None:
        return None
    if subject_person_id == person_id:
        return _("不能由您办：您是本事项的当事人")
    today = timezone.localtime(now).date()
    declared = memory.for_page(("ties", person_id), lambda: _declared(person_id))
    ties = (each for each in declared if each.holds_on(today) and _concerns(each, department, subject_person_id))
    tie = next(ties, None)
    if tie is None:
        return None
    return _("不能由您办：已申报回避（%(relation)s）") % {"relation": tie.get_relation_display()}


def _declared(person_id: UUID) -> list[Recusal]:
    """Nearly everybody has declared nothing: all ties of one person are asked for, which is the cheapest question."""
    held = Recusal.objects.filter(Q(person_id=person_id) | Q(other_person_id=person_id))
    return list(held.order_by("declared_on", "id"))


def _concerns(tie: Recusal, department: Department | None, subject_person_id: UUID | None) -> bool:
    """Whether a tie of the person leads to the department or, declared by either side, to the subject."""
    if tie.department_id is not None:
        return department is not None and tie.department_id == department.pk
    return subject_person_id is not None and subject_person_id in (tie.person_id, tie.other_person_id)
