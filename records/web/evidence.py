"""Evidence files of a record: add, take out of a draft, download as an attachment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Missing, Refused
from records.models import Evidence
from records.services import evidence
from records.web.forms.acts import EvidenceForm
from records.web.pages import RecordAct, RecordView, record_url


class AddEvidence(RecordAct):
    """A file is attached; the service sniffs its type and keeps its digest."""

    form_class = EvidenceForm
    template_name = "staff/records/upload.html"
    question = gettext_lazy("上传附件")
    keeps = gettext_lazy("文件以随机名存放，只给能看这条记录的人下载；改动一个字节都会被核验发现。")
    verb = gettext_lazy("上传")
    done = gettext_lazy("已存好附件。")
    actions = ("edit",)

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer what may be added at this step."""
        return super().get_form_kwargs() | {"kinds": evidence.KINDS_BY_STATE.get(self.record.state, ())}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the file."""
        evidence.add(actor=self.user, record=self.record, kind=kept["kind"], upload=kept["file"], now=self.now)


class EvidenceView(RecordView):
    """One file of a record."""

    def item(self) -> Evidence:
        """This will give the file if it belongs to this record; another record's is 404."""
        found = Evidence.objects.filter(pk=self.kwargs["item"], record=self.record, removed_at=None).first()
        if found is None:
            raise Http404
        return found


class Download(EvidenceView):
    """The file as an attachment, never shown inside the site."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """This will send the file under the name it was uploaded with."""
        item = self.item()
        try:
            opened = evidence.open_file(actor=self.user, item=item, now=self.now)
        except Missing:
            raise Http404 from None
        return FileResponse(opened, as_attachment=True, filename=item.name, content_type=item.media_type)


class RemoveEvidence(EvidenceView):
    """A file is taken out of a draft."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will take the file out, or say why it stays."""
        item = self.item()
        try:
            evidence.remove(actor=self.user, item=item, now=self.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已去掉“%(name)s”。") % {"name": item.name})
        return redirect(record_url(self.record))
