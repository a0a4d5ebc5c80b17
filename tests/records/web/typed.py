"""What a clerk types into the filing form."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.records import factories
from tests.records.factories import Scene


def typed(scene: Scene, **changed: Any) -> dict[str, Any]:
    """Return the fields of a complete filing about the bureau as the browser sends them; None leaves a field out."""
    fields = {
        "key": str(uuid4()),
        "about": "unit",
        "subject": scene.bureau.uscc,
        "source_type": "ADMIN_PENALTY",
        "document_name": "行政处罚决定书",
        "document_number": "安交罚[2026] 77号",
        "issuer_name": "安平市交通运输局",
        "decided_on": "2026-05-08",
        "facts": factories.FACTS,
        "basis_codes": ["APL"],
        "severity_proposed": "general",
        "economic_loss_yuan": "1,268,400.00",
        "social_impact": "limited",
        "key_areas": ["PROCUREMENT"],
        "sanctions_proposed": ["PUBLIC_CRITICISM"],
        "in_duty": "on",
        "is_repairable": "on",
        "act": "save",
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def paper(name: str = "决定书.pdf", content: bytes = factories.PDF) -> SimpleUploadedFile:
    """Return the source document as the browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
