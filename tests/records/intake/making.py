"""Complaints and receipts for tests, made by the services."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import datetime, timedelta
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from records.models import Complaint, CustodianKey
from records.services.intake import custody, night, register
from tests.accounts import factories as accounts
from tests.records.factories import NOW, Scene

WORDS = "去年签了养护合同，完工后一直不付款，催了三次都说没有钱。"
PASSPHRASE = "一句只有保管人知道的长话"
NEXT_NIGHT = NOW + timedelta(days=1)


def sent(scene: Scene, *, now: datetime = NOW, **facts: Any) -> register.Received:
    """Send a complaint about the bureau as the public does."""
    facts = {"object_department": scene.bureau, "content": WORDS} | facts
    return register.receive(actor=None, facts=register.Intake(**facts), now=now)


def custodian(scene: Scene) -> Any:
    """Give a custodian who serves at the city."""
    person = accounts.person("韩静好")
    accounts.granted(person, "custodian", scene.city)
    return accounts.account(person)


def keyed(scene: Scene) -> tuple[Any, CustodianKey]:
    """Give a custodian and the key pair he has made."""
    keeper = custodian(scene)
    return keeper, custody.make_key(actor=keeper, passphrase=PASSPHRASE, now=NOW)


def handler(scene: Scene) -> Any:
    """Give a handler at the credit lead office."""
    person = accounts.person("杨千言")
    accounts.granted(person, "handler", scene.lead)
    return accounts.account(person)


def night_after(now: datetime = NOW) -> None:
    """Let the night after a day pass."""
    night.register_due(now=now + timedelta(days=1))


def reread(complaint: Complaint) -> Complaint:
    """Read a complaint again."""
    return Complaint.objects.get(pk=complaint.pk)


def file(name: str, content: bytes, declared: str = "application/octet-stream") -> SimpleUploadedFile:
    """Make an upload."""
    return SimpleUploadedFile(name, content, declared)


def jpg(secret: bytes = b"GPS-marker-4471") -> bytes:
    """Make a tiny JPEG with camera data, a comment and something hung behind its end."""
    exif = b"Exif\x00\x00" + secret
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\xff\x00\x56\xff\xd0\x78"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
        + b"\xff\xfe" + struct.pack(">H", len(secret) + 2) + secret
        + b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00" + scan + b"\xff\xd9" + secret
    )  # fmt: skip


def png(secret: bytes = b"Author-marker-4471") -> bytes:
    """Make a PNG of one dot with a text chunk."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"tEXt", b"Author\x00" + secret)
        + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
        + chunk(b"IEND", b"")
    )


def docx(secret: str = "Author-marker-4471") -> bytes:
    """Make a Word file that tells its author in three places."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'<w:document><w:ins w:author="{secret}"/>正文</w:document>')
        package.writestr("docProps/core.xml", f"<creator>{secret}</creator>")
        package.writestr("word/media/image1.jpg", jpg(secret.encode()))
    return sink.getvalue()


def pdf(secret: str = "Author-marker-4471") -> bytes:
    """Make a PDF with an author, XMP, a script, an annotation by name and a photograph."""
    document = pikepdf.new()
    document.add_blank_page()
    with document.open_metadata() as xmp:
        xmp["dc:creator"] = [secret]
    document.docinfo["/Author"] = secret
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{secret}')")
    photograph = pikepdf.Stream(document, jpg(secret.encode()), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    photograph.Filter = pikepdf.Name.DCTDecode
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 1, 1], T=secret)
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=photograph))
    sink = io.BytesIO()
    document.save(sink, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return sink.getvalue()
