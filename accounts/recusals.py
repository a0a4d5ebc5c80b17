"""回避: why a person must take no hand in a case, found from declared ties and from the posts of the subject.

Source: 公务员法 第七十四条至第七十六条; a person never decides on himself, his relatives or his direct superior.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.department import Department, holding_on
from accounts.models.role import Recusal


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
    ties = Q(person_id=person_id, department=department) if department else Q(pk__in=[])
    if subject_person_id:
        ties |= Q(person_id=person_id, other_person_id=subject_person_id)
        ties |= Q(person_id=subject_person_id, other_person_id=person_id)
    tie = Recusal.objects.filter(ties, holding_on(today, start="declared_on", end="ended_on")).first()
    if tie is None:
        return None
    return _("不能由您办：已申报回避（%(relation)s）") % {"relation": tie.get_relation_display()}
