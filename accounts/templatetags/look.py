"""Template tags of the look: icons, badges, days in words, differences in words, query strings, widget classes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts import marks, wording

register = template.Library()
for name in (
    "day",
    "day_short",
    "day_plain",
    "moment",
    "moment_short",
    "weekday",
    "money",
    "working_days",
    "calendar_days",
    "size",
    "shortened",
):
    register.filter(name, getattr(wording, name))

THEMES = ("light", "dark")
BARS = ((0.5, 6.0, 5.0), (5.5, 3.5, 7.5), (10.5, 1.0, 10.0))


@register.simple_tag(takes_context=True)
def html_attrs(context: Context) -> SafeString:
    """This will write theme and large type on <html> from the cookies ``theme`` and ``type``, known values only."""
    cookies = getattr(context.get("request"), "COOKIES", {})
    theme = cookies.get("theme")
    shown = format_html(' data-bs-theme="{}"', theme) if theme in THEMES else mark_safe("")
    return shown + (mark_safe(' data-type="large"') if cookies.get("type") == "large" else mark_safe(""))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """This will draw one icon of the sprite; ``label`` names it for screen readers where no word stands beside it."""
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}"><use href="#i-{}"/></svg>', label, name
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name
    )


@register.simple_tag
def badge(tone: str, shape: str, word: str) -> SafeString:
    """This will draw a fact badge: tone draft|wait|active|shown|back|dispute|done|ended|fail, icon shape, word."""
    return format_html('<span class="state state-{}">{}{}</span>', tone, icon(shape), word)


@register.simple_tag
def state(kind: str, code: str) -> SafeString:
    """This will draw the badge of a state code of a kind of thing (record, delivery, duty, grant)."""
    mark = marks.mark(kind, str(code))
    return badge(mark.tone, mark.icon, str(mark.word))


@register.simple_tag
def severity(code: str, word: str = "") -> SafeString:
    """This will draw severity (minor, general, serious) as one, two or three bars and its word."""
    codes = list(marks.SEVERITIES)
    if code not in codes:
        return format_html('<span class="quiet">{}</span>', word or _("程度待定"))
    lit = codes.index(code) + 1
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="3" height="{}"/>',
        (("on" if place < lit else "off", *bar) for place, bar in enumerate(BARS)),
    )
    return format_html(
        '<span class="severity severity-{}">'
        '<svg viewBox="0 0 14 12" aria-hidden="true" focusable="false">{}</svg>{}</span>',
        code,
        bars,
        word or marks.SEVERITIES[code],
    )


@register.simple_tag
def deadline(left: int | None, due_on: date | None = None, paused: str = "", lead: str = "") -> SafeString:
    """
    This will draw a deadline: ``left`` working days (negative = late) and the day under it.

    ``paused`` says why the clock stands, ``lead`` goes before the words ("初审"). Colour only from two days down.
    """
    under = format_html('<span class="due-day">{}</span>', paused or _due(due_on)) if paused or due_on else ""
    if paused:
        return format_html(
            '<span class="deadline deadline-paused">{}{}</span>{}', icon("pause"), _("计时已暂停"), under
        )
    if left is None:
        return format_html('<span class="deadline">{}</span>{}', _("没有期限"), under)
    tone = "deadline-late" if left < 0 else "deadline-soon" if left <= 2 else ""
    shape = icon("warn") if left < 0 else icon("clock") if left <= 2 else ""
    return format_html('<span class="deadline {}">{}{}{}</span>{}', tone, shape, lead, _left(left), under)


def _left(left: int) -> SafeString:
    """The words of a deadline with its number in bold."""
    if left < 0:
        return format_html("<b>{}</b> {}", _("逾期 %(n)d") % {"n": -left}, _("个工作日"))
    if left == 0:
        return format_html("<b>{}</b>{}", _("今天"), _("到期"))
    return format_html("{} <b>{}</b> {}", _("剩"), left, _("个工作日"))


def _due(due_on: date | None) -> str:
    """The small line under a deadline."""
    return _("%(day)s止") % {"day": wording.day_short(due_on)}


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This will write the page's query string with some keys changed (None removes one) and no cursor."""
    params = context["request"].GET.copy()
    params.pop("cursor", None)
    for key, value in changes.items():
        params.pop(key, None)
        if value not in (None, ""):
            params.setlist(key, [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)])
    return "?" + params.urlencode()


@register.simple_tag
def widget_attrs(widget: Mapping[str, Any]) -> SafeString:
    """This will write a form control's attributes and give it the class of the look."""
    attrs = dict(widget["attrs"])
    look = _control_class(widget)
    if attrs.get("aria-invalid") and look:
        look += " is-invalid"
    if widget.get("type") == "radio":
        attrs.pop("aria-invalid", None)  # the role takes none; its fieldset carries the error
    if names := " ".join(filter(None, (look, attrs.pop("class", "")))):
        attrs["class"] = names
    return format_html_join("", "{}", ((_attr(key, value),) for key, value in attrs.items() if value is not False))


def _attr(key: str, value: Any) -> SafeString:
    return format_html(" {}", key) if value is True else format_html(' {}="{}"', key, value)


def _control_class(widget: Mapping[str, Any]) -> str:
    """Which class of the look a control takes; options and hidden inputs take none."""
    drawn_by = widget.get("template_name", "")
    if drawn_by.endswith("select_option.html"):
        return ""
    if "type" in widget and not drawn_by.endswith("select.html"):
        return {"hidden": "", "checkbox": "form-check-input", "radio": "form-check-input"}.get(
            widget["type"], "form-control"
        )
    if drawn_by.endswith("select.html"):
        return "form-select"
    return "form-control" if drawn_by.endswith("textarea.html") else ""


@register.filter
def anchor(field: BoundField) -> str:
    """This will give the id an error summary links to: the control itself, or the first choice of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """This will look a key up in a mapping, None where there is none."""
    return mapping.get(key) if mapping else None
