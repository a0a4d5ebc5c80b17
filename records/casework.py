"""What the casework tells the rooms below when it starts: kinds of cases, how log and deliveries name them, where they stand."""

from django.utils.translation import gettext_lazy as _

from accounts import places, told
from exchange import subjects
from records.workflow import kinds, record_kind
from records.workflow.complaints import kind as complaint_kind  # noqa: F401

# --- the dishonesty record
kinds.register(record_kind.KIND)
subjects.register(resource="SX", page="records:record")
places.register("records:*", places.Thing("records.dishonestyrecord", is_limited=True))
# No page: auditors see that something was done to a record, not what it says (security reference, access matrix).
told.register("records.dishonestyrecord", told.Kind(_("失信记录"), title="number"))

# --- complaints: the log names them by their number only, and nobody of the accused department finds them
places.register("complaints:*", places.Thing("records.complaint", is_limited=True))
told.register("records.complaint", told.Kind(_("投诉举报")))

# --- commitments and their milestones
subjects.register(resource="CN", page="commitments:commitment")
places.register("commitments:*", places.Thing("records.commitment", is_limited=True))
told.register("records.commitment", told.Kind(_("承诺"), title="number"))
told.register("records.milestone", told.Kind(_("承诺节点"), title="title"))
