"""Form fields that leave the judging of text to the services, whose sentences name the character and the place."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DAY_FORMATS, DayInput

NOT_LISTED = _("请从列出的选项中选择")
LONGEST = 20_000  # characters; the services name the exact limit of each field


class Text(forms.CharField):
    """Text as typed. NUL and other hidden characters reach the service, which names them; endless text does not."""

    def __init__(self, **rest: Any) -> None:
        """This will take any text up to the outer limit."""
        rest.setdefault("required", False)
        super().__init__(max_length=LONGEST, **rest)
        self.validators = [each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)]
        self.error_messages |= {
            "required": _("请填写"),
            "max_length": _("太长：现有 %(show_value)d 字，最多 %(limit_value)d 字"),
        }
        self.widget.attrs.pop("maxlength", None)  # the sentence of the service is better than a silent cut


class LongText(Text):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, **rest: Any) -> None:
        """This will show ``rows`` lines at first."""
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **rest)
        self.widget.attrs.pop("maxlength", None)


class Day(forms.DateField):
    """A day, from the browser's calendar or typed the Chinese way."""

    def __init__(self, **rest: Any) -> None:
        """This will accept 2026-05-11, 2026年5月11日, 2026.5.11 and 2026/5/11."""
        rest.setdefault("required", False)
        super().__init__(input_formats=DAY_FORMATS, widget=DayInput(), **rest)
        self.error_messages |= {"required": _("请填写日期"), "invalid": _("没有这一天，请写成 2026年5月11日 这样")}


class OneOf(forms.ChoiceField):
    """One code of a list; the list is set when the form is made."""

    def __init__(self, **rest: Any) -> None:
        """This will start without choices."""
        rest.setdefault("required", False)
        super().__init__(**rest)
        self.error_messages |= {"required": _("请选择一项"), "invalid_choice": NOT_LISTED}


class SomeOf(forms.MultipleChoiceField):
    """Any number of codes of a list, as boxes to tick."""

    def __init__(self, **rest: Any) -> None:
        """This will start without choices."""
        rest.setdefault("required", False)
        super().__init__(widget=forms.CheckboxSelectMultiple, **rest)
        self.error_messages |= {"required": _("请至少选一项"), "invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED}


class Tick(forms.BooleanField):
    """A statement one can tick."""

    def __init__(self, **rest: Any) -> None:
        """This will not insist on the tick unless told."""
        rest.setdefault("required", False)
        super().__init__(**rest)
        self.error_messages |= {"required": _("请勾选确认")}


class Upload(forms.FileField):
    """A file; the service sniffs its type and measures it."""

    def __init__(self, **rest: Any) -> None:
        """This will show a plain file input."""
        rest.setdefault("required", False)
        super().__init__(widget=forms.FileInput, **rest)
        self.error_messages |= {
            "required": _("请选择文件"),
            "empty": _("文件是空的（0 字节），请重新选择"),
            "missing": _("没有收到文件，请重新选择"),
            "invalid": _("没有收到文件，请重新选择"),
            "max_length": _("文件名太长，请改短后再传"),
        }
