"""The case's data key at work: content, messages, findings and files are sealed under it and bound to their place.

Nothing here asks who reads: whoever calls holds a complaint from ``visible_to``, or a receipt of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Department
from ledger.refusals import Conflict
from ledger.suites import case_key
from records.models import Complaint, ComplaintKey, ComplaintMessage

REPORTER = "reporter"
MESSAGE, FILE, FILE_NAME = "message", "file", "file name"


@dataclass(frozen=True)
class Content:
    """What a complaint says."""

    content: str
    happened: str


def holder(role: str, department: Department | None) -> str:
    """This will name the holder of one copy of a case's key."""
    return f"{role}@{department.pk}" if department else role


def wrapped(complaint: Complaint, key: bytes, role: str, department: Department | None) -> bytes:
    """This will lock a case's key for one holder."""
    return case_key.wrap(key, case=str(complaint.pk), holder=holder(role, department))


def key_of(complaint: Complaint) -> bytes:
    """
    This will open the case's key by the reporter's copy, which every case has.

    :raises Conflict: the content was erased when its term was over
    """
    copy = ComplaintKey.objects.get(complaint_id=complaint.pk, role=REPORTER)
    if not copy.wrapped:
        raise Conflict(_("这件投诉的内容已按保存期限删除，只保留办理结果；有新的情况请另外提交"))
    return case_key.unwrap(copy.wrapped, case=str(complaint.pk), holder=REPORTER)


def seal(complaint: Complaint, content: bytes, column: str, *, key: bytes | None = None) -> bytes:
    """This will seal bytes for one place of a case."""
    return case_key.encrypt(key or key_of(complaint), content, case=str(complaint.pk), purpose=column)


def unseal(complaint: Complaint, sealed: bytes | memoryview, column: str, *, key: bytes | None = None) -> bytes:
    """This will open what was sealed for one place of a case."""
    return case_key.decrypt(key or key_of(complaint), sealed, case=str(complaint.pk), purpose=column)


def seal_text(complaint: Complaint, text: str, column: str) -> bytes:
    """This will seal a text for a column of the case."""
    return seal(complaint, text.encode(), column)


def open_text(complaint: Complaint, sealed: bytes | memoryview | None, column: str) -> str:
    """This will open a text of the case, empty where there is none."""
    return unseal(complaint, sealed, column).decode() if sealed else ""


def content_sealed(complaint: Complaint, content: Content, *, key: bytes) -> bytes:
    """This will seal what a complaint says."""
    told = json.dumps({"content": content.content, "happened": content.happened}, ensure_ascii=False)
    return seal(complaint, told.encode(), "content", key=key)


def content(complaint: Complaint) -> Content:
    """This will open what a complaint says."""
    told = json.loads(unseal(complaint, complaint.content_sealed, "content"))
    return Content(told["content"], told["happened"])


def words(message: ComplaintMessage, *, key: bytes | None = None) -> str:
    """This will open what a message says; lists open the case's key once and hand it in."""
    return unseal(message.complaint, message.body_sealed, MESSAGE, key=key).decode()
