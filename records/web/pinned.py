"""Return reasons pinned to fields: kept as one readable sentence per line, read back beside the fields they name."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from records.workflow.filing import LABELS

USUAL = (
    _("与来源文书不一致"),
    _("缺少证据材料"),
    _("依据不适用"),
    _("事实不清，缺少时间、约定或后果"),
    _("含有不应公开的个人信息"),
    _("与已有记录可能重复"),
)
NAMED = (
    "document_name",
    "document_number",
    "decided_on",
    "issuer_name",
    "source_type",
    "basis_codes",
    "facts",
    "severity_proposed",
    "economic_loss_yuan",
    "social_impact",
    "sanctions_proposed",
    "evidence",
)
COLON = "："


def offered() -> list[tuple[str, str]]:
    """This will give the fields a reviewer may point at."""
    return [(name, str(LABELS[name])) for name in NAMED]


def compose(fields: Iterable[str], usual: Iterable[str], text: str) -> str:
    """This will write the reasons: what is wrong with the named fields first, the reviewer's own words after it."""
    named = "、".join(str(LABELS[name]) for name in fields if name in NAMED)
    faults = "；".join(usual)
    first = f"{named}{COLON}{faults}" if named and faults else f"{named}{COLON}" if named else faults
    if not text:
        return first
    return f"{first}{text}" if first.endswith(COLON) else f"{first}。{text}" if first else text


def by_field(reason: str) -> dict[str, list[str]]:
    """This will read back which fields a reason names, each with the sentence."""
    head, colon, rest = reason.partition(COLON)
    if not colon:
        return {}
    labels = {str(LABELS[name]): name for name in NAMED}
    named = head.split("、")
    if not all(each in labels for each in named):
        return {}
    notes: dict[str, list[str]] = {}
    for each in named:
        name = labels[each]
        notes.setdefault("source" if name == "evidence" else name, []).append(rest.strip())
    return notes
