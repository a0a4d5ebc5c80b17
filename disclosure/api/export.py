"""All public documents in one stream, for clients agreed with; strangers page through the list."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from disclosure import answers, reading
from disclosure.api import described
from rules import clock

AT_ONCE = 1000


class Whatever(BaseContentNegotiation):
    """One form only, whatever the client says it accepts."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        """Take the first; it prints problems only."""
        return renderers[0], renderers[0].media_type


class Export(APIView):
    """The stream of all documents shown now; needs the scope ``disclosures:read``."""

    content_negotiation_class = Whatever

    @extend_schema(**described.EXPORT)
    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """公示文书整批导出：NDJSON，每行一份的原始字节，仅供经批准的客户端。"""
        answers.only(request.GET.dict(), ())
        return StreamingHttpResponse(
            _lines(clock.now()),
            content_type="application/x-ndjson; charset=utf-8",
            headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, noarchive"},
        )


def _lines(now: datetime) -> Iterator[bytes]:
    """A thousand documents at a time from a cursor in the database, so that memory does not grow with their number."""
    with reading.reader(now=now):
        rows = reading.visible(on=now).order_by("visible_from", "id").values_list("body", flat=True)
        batch: list[str] = []
        for body in rows.iterator(chunk_size=AT_ONCE):
            batch.append(body)
            if len(batch) == AT_ONCE:
                yield ("\n".join(batch) + "\n").encode()
                batch.clear()
        if batch:
            yield ("\n".join(batch) + "\n").encode()
