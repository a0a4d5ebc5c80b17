"""Which office receives a complaint: never the accused, never one under it where another can be found (domain 4.5, F1103)."""

from __future__ import annotations

from accounts.models import Department


def receiving(accused: Department) -> Department:
    """
    This will give the nearest credit lead office that stands neither for nor under the accused.

    Where no credit lead office does, it is the accused's superior; a government with nobody above it is left to its own
    credit lead office. One query, whatever the depth.
    """
    above = list(reversed(accused.ancestor_ids))
    leads = Department.objects.filter(is_credit_lead=True, parent__in=[*above, accused.pk], valid_to=None)
    by_place = {lead.parent_id: lead for lead in leads.exclude(pk=accused.pk)}
    found = next((by_place[place] for place in above if place in by_place), None)
    if found is not None and not found.is_within(accused):
        return found
    return accused.parent or by_place.get(accused.pk) or accused
