"""Charts as numbers for ``components/bars.html``: percentages on x, pixels on y, so text never scales."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GAP, LONG = 0.3, 5


@dataclass(frozen=True)
class Layout:
    """Where names and bars stand: percentages for ``left`` and ``width``, pixels for the rest."""

    left: float
    width: float
    pitch: int
    bar: int
    name: int


BESIDE = Layout(left=30.0, width=62.0, pitch=34, bar=6, name=21)
ABOVE = Layout(left=0.0, width=92.0, pitch=52, bar=22, name=16)
"""Names of more than five characters stand above their bars, or a phone would print one over the other."""


def bars(
    *, title: str, say: str, label: str, of: str, legend: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]
) -> dict[str, Any]:
    """
    This will lay out stacked bars, one row per name, for the chart component.

    ``say`` is the sentence under the heading, ``of`` names the first column, ``legend`` the parts (at most four).
    """
    most = max((sum(values) for _name, values in rows), default=0) or 1
    layout = ABOVE if any(len(name) > LONG for name, _values in rows) else BESIDE
    return {
        "title": title,
        "say": say,
        "label": label,
        "of": of,
        "legend": list(legend),
        "height": layout.pitch * len(rows) + 4,
        "rows": [_row(place, name, values, most, layout) for place, (name, values) in enumerate(rows)],
    }


def _row(place: int, name: str, values: Sequence[int], most: int, layout: Layout) -> dict[str, Any]:
    """One bar: its parts side by side with a small gap, its total at the end."""
    x, parts = layout.left, []
    for tone, value in enumerate(values, start=1):
        if value:
            width = value / most * layout.width
            parts.append({"tone": tone, "x": f"{x:.2f}", "width": f"{max(width - GAP, 0.2):.2f}"})
            x += width
    top = layout.pitch * place
    return {
        "name": name,
        "values": list(values),
        "total": sum(values),
        "bars": parts,
        "y": top + layout.bar,
        "text_y": top + layout.name,
        "total_y": top + layout.bar + 15,
        "end": f"{x + 1:.2f}",
    }
