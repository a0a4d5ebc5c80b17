"""Charts as numbers for ``components/bars.html``: percentages on x, pixels on y, so text never scales."""

from collections.abc import Sequence
from typing import Any

LEFT, WIDTH, GAP, PITCH = 30.0, 62.0, 0.3, 34


def bars(
    *, title: str, say: str, label: str, of: str, legend: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]
) -> dict[str, Any]:
    """
    This will lay out stacked bars, one row per name, for the chart component.

    ``say`` is the sentence under the heading, ``of`` names the first column, ``legend`` the parts (at most four).
    """
    most = max((sum(values) for _name, values in rows), default=0) or 1
    return {
        "title": title,
        "say": say,
        "label": label,
        "of": of,
        "legend": list(legend),
        "height": PITCH * len(rows) + 4,
        "rows": [_row(place, name, values, most) for place, (name, values) in enumerate(rows)],
    }


def _row(place: int, name: str, values: Sequence[int], most: int) -> dict[str, Any]:
    """One bar: its parts side by side with a small gap, its total at the end."""
    x, parts = LEFT, []
    for tone, value in enumerate(values, start=1):
        if value:
            width = value / most * WIDTH
            parts.append({"tone": tone, "x": f"{x:.2f}", "width": f"{max(width - GAP, 0.2):.2f}"})
            x += width
    y = 6 + PITCH * place
    return {
        "name": name,
        "values": list(values),
        "total": sum(values),
        "bars": parts,
        "y": y,
        "text_y": y + 15,
        "end": f"{x + 1:.2f}",
    }
