"""The clipping of a media clue: kept by the same rules as any file, read by those who see the clue, never by the department concerned."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from ledger.refusals import Invalid, NotAllowed
from records.models import Attachment, MediaClue
from records.services.complaints import clues
from records.services.complaints.clues import Report
from rules import clock
from tests.records import factories, proofs
from tests.records.complaints.cases import Cast
from tests.records.complaints.test_pages import at, browser
from tests.records.factories import DECIDED, NOW


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages live on the day of the scene."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def note(cast: Cast, **changed: Any) -> MediaClue:
    report = Report("安平日报", "工程款为何拖欠", DECIDED)
    return clues.note(
        **{
            "actor": cast.scene.approver,
            "object_department": cast.scene.bureau,
            "report": report,
            "now": NOW,
            **changed,
        }
    )


def typed(cast: Cast) -> dict[str, str]:
    return {
        "key": str(uuid4()), "unit": cast.scene.bureau.name, "outlet": "安平日报", "title": "工程款为何拖欠",
        "published_on": "2026-05-10",
    }  # fmt: skip


def read(user: User, item: Attachment) -> Any:
    return browser(user).get(reverse("complaints:media_file", args=[item.object_id, item.pk]))


def test_a_clipping_is_uploaded_with_the_clue_and_read_by_the_office(cast: Cast) -> None:
    client = browser(cast.scene.approver)
    assert 'enctype="multipart/form-data"' in client.get(at("media_new")).content.decode()
    sent = {**typed(cast), "clipping": factories.upload("剪报.pdf")}
    assert client.post(at("media_new"), sent).status_code == 302
    item = Attachment.objects.get()
    assert (item.name, item.kind) == ("剪报.pdf", clues.CLIPPING)
    page = client.get(at("media")).content.decode()
    assert "剪报.pdf" in page
    for who in (cast.scene.approver, cast.handler):
        got = read(who, item)
        assert got.status_code == 200
        assert got["Content-Disposition"].startswith("attachment")
        assert b"".join(got.streaming_content).startswith(b"%PDF")


def test_the_department_concerned_and_other_offices_read_nothing(cast: Cast) -> None:
    note(cast, clipping=factories.upload("剪报.pdf"))
    item = Attachment.objects.get()
    for who in (cast.accused_handler, cast.accused_part, cast.scene.head, cast.scene.clerk, cast.above):
        assert read(who, item).status_code in (403, 404)


def test_a_clipping_can_follow_and_belongs_to_its_clue(cast: Cast) -> None:
    first, other = note(cast), note(cast)
    sent = {"version": first.version, "clipping": factories.upload("版面.pdf")}
    assert browser(cast.handler).get(at("media_clip", first.pk)).status_code == 200
    assert browser(cast.handler).post(at("media_clip", first.pk), sent).status_code == 302
    item = Attachment.objects.get()
    assert browser(cast.handler).get(at("media_file", other.pk, item.pk)).status_code == 404
    assert browser(cast.handler).post(at("media_clip", first.pk), {"version": 1}).status_code == 422
    with proofs.refused(NotAllowed, logged=False):
        clues.add_clipping(actor=cast.accused_handler, clue=first, clipping=factories.upload("版面.pdf"), now=NOW)


@pytest.mark.parametrize(
    ("name", "content"),
    [("剪报.docx", b"PK\x03\x04"), ("剪报.pdf", b"<html>no pdf</html>"), ("剪报.exe", b"MZ"), ("剪报", b"%PDF-1.7")],
)
def test_what_is_no_pdf_and_no_picture_is_refused_at_its_field(cast: Cast, name: str, content: bytes) -> None:
    with proofs.refused(Invalid):
        note(cast, clipping=SimpleUploadedFile(name, content))
    sent = {**typed(cast), "clipping": SimpleUploadedFile(name, content)}
    answer = browser(cast.scene.approver).post(at("media_new"), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["clipping"]
    assert not MediaClue.objects.exists()
