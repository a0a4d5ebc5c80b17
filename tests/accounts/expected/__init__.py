"""Who may open what, written down by hand beside the policy: a changed row needs a changed line here, and a reader for both.

One module a room, each with ``LINES``: audience to names; `@` before the audience means that the place counts.
"""

from tests.accounts.expected import (
    archives,
    commitments,
    complaints,
    duties,
    notifications,
    objections,
    repairs,
    report,
    spine,
)  # fmt: skip

ROOMS = (spine, report, commitments, duties, objections, repairs, complaints, archives, notifications)

TABLE: dict[str, tuple[frozenset[str], bool]] = {
    name: (frozenset(audience.removeprefix("@").split()), audience.startswith("@"))
    for room in ROOMS
    for audience, names in room.LINES.items()
    for name in names.split()
}
"""Row name to audience and whether the place counts."""
