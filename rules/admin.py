"""The law as data, to look at on the support site."""

from django.contrib import admin

from accounts.support import ReadOnly
from rules.models import CalendarDay, Code, DisciplinePeriod, DisclosurePolicy, Parameter, SchemeOfSource


@admin.register(Parameter)
class ParameterTable(ReadOnly):
    """Parameters with their days."""

    list_display = ("key", "profile", "label", "value", "unit", "valid_from", "valid_to", "mark")
    search_fields = ("key", "label")
    ordering = ("key", "profile", "valid_from")


@admin.register(Code)
class CodeTable(ReadOnly):
    """Code lists with their days."""

    list_display = ("list_name", "code", "label", "valid_from", "valid_to", "mark")
    search_fields = ("list_name", "code", "label")
    ordering = ("list_name", "place", "code")


@admin.register(DisclosurePolicy)
class DisclosurePolicyTable(ReadOnly):
    """Disclosure policies with their days."""

    list_display = (
        "scheme",
        "severity",
        "family",
        "publish_by_default",
        "min_months",
        "max_months",
        "valid_from",
        "valid_to",
    )
    ordering = ("scheme", "severity", "valid_from")


@admin.register(SchemeOfSource)
class SchemeOfSourceTable(ReadOnly):
    """Which family of policies a source type follows."""

    list_display = ("source_type", "family", "valid_from", "valid_to")
    ordering = ("source_type", "valid_from")


@admin.register(DisciplinePeriod)
class DisciplinePeriodTable(ReadOnly):
    """Effect periods of discipline."""

    list_display = ("code", "label", "months", "most_months", "is_permanent", "valid_from", "valid_to")
    ordering = ("code", "valid_from")


@admin.register(CalendarDay)
class CalendarDayTable(ReadOnly):
    """The working-day calendar."""

    list_display = ("day", "is_workday", "name", "source")
    ordering = ("-day",)
