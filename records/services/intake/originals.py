"""The originals of a reporter's files, sealed to the custodian: which are held, and opening one with its own key."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from ledger.refusals import Conflict, Invalid, Missing
from ledger.suites import sealed_box
from records.models import Complaint, ComplaintFile, CustodianKey
from records.models.complaint_thread import folder


def check_held(complaint: Complaint, file: ComplaintFile) -> None:
    """
    This will say in words why a file's original cannot be asked for.

    :raises Missing: the file is another case's
    :raises Conflict: it was kept as it was sent, or the original was erased
    """
    if file.complaint_id != complaint.pk:
        raise Missing(_("没有这个附件"))
    if file.original_as is None:
        raise Conflict(_("这个附件没有封存的原件，附件本身就是收到的样子，或者收到时还没有保管密钥"))
    if complaint.identity_erased_on is not None:
        raise Conflict(_("附件原件已到期删除"))


def key_of(file: ComplaintFile, passphrase: str) -> bytes:
    """
    This will open the key of one original with the passphrase of the custody key it was sealed to.

    :raises Invalid: the passphrase opens none of the keys that were in use on the day, or not the one it was sealed to
    :raises Missing: the stored bytes are not there
    """
    box = box_of(file)
    day = file.added_on
    in_use = CustodianKey.objects.filter(Q(retired_on=None) | Q(retired_on__gte=day), made_on__lte=day)
    for held in in_use.order_by("-made_on", "id"):
        try:
            key = sealed_box.key_of(sealed_box.unlock(held.private_locked, passphrase), box)
            sealed_box.take_with(key, box, purpose=purpose(file))
        except (sealed_box.WrongPassphrase, sealed_box.BadBox):
            continue
        return key
    raise Invalid(_("保管口令不对；原件用收到那天的保管密钥封存，请填那把密钥的口令"), field="passphrase")


def opened(file: ComplaintFile, box: bytes, key: bytes) -> bytes:
    """This will open an original with its own key."""
    return sealed_box.take_with(key, box, purpose=purpose(file))


def purpose(file: ComplaintFile) -> str:
    """This will name what an original is sealed for: its case."""
    return f"original {file.complaint_id}"


def box_of(file: ComplaintFile) -> bytes:
    """
    This will read an original as it lies, sealed.

    :raises Missing: the stored bytes are not there
    """
    path = folder() / str(file.original_as)
    if not path.is_file():
        raise Missing(_("原件不在了，请告诉系统管理员核对"))
    return path.read_bytes()
