"""
The addresses of the open API.

Each is a plain function over stored bytes, so that reading a public document costs little more than the database does; the
class beside it carries the description that the API's schema is made from.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from disclosure import answers
from disclosure.answers import Answer, NoLongerPublic, NotPublic
from disclosure.api import described, feed, problems, proofs
from ledger.proofs import NotYetSigned
from ledger.refusals import Refused
from rules import clock

METHODS = ("GET", "HEAD", "OPTIONS")
Operation = Callable[..., Answer]
View = Callable[..., HttpResponse]


def described_by(description: type[APIView]) -> Callable[[Operation], View]:
    """This will make an address out of an operation and hang its description on it."""

    def wrap(operation: Operation) -> View:
        def view(request: HttpRequest, **named: Any) -> HttpResponse:
            if request.method not in METHODS:
                return problems.wrong_method(", ".join(METHODS))
            return _sent(operation, request, named)

        view.cls = description  # type: ignore[attr-defined]
        view.initkwargs = {}  # type: ignore[attr-defined]
        view.csrf_exempt = True  # type: ignore[attr-defined]
        view.__name__, view.__doc__ = operation.__name__, operation.__doc__
        return view

    return wrap


def _sent(operation: Operation, request: HttpRequest, named: dict[str, Any]) -> HttpResponse:
    try:
        answer = operation(request, **named)
    except NotPublic:
        return problems.not_public()
    except NoLongerPublic as end:
        return problems.no_longer_public(end.ended)
    except Refused as refusal:
        return problems.refused(refusal)
    except NotYetSigned:
        return problems.not_yet_signed()
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


class DescribedDocuments(APIView):
    """The list of public documents."""

    @extend_schema(**described.DOCUMENTS)
    def get(self, request: HttpRequest) -> None:
        """公示文书清单：按条件查询，游标翻页，最近公示的在前。"""


class DescribedDocument(APIView):
    """One public document."""

    @extend_schema(**described.DOCUMENT)
    def get(self, request: HttpRequest, document_id: UUID) -> None:
        """一份公示文书：返回与日志指纹一致的原始字节。"""


class DescribedProof(APIView):
    """The proof of one public document."""

    @extend_schema(**described.PROOF)
    def get(self, request: HttpRequest, document_id: UUID) -> None:
        """一份公示文书的存证：原始字节、盐、路径和签名树头，可离线核验。"""


class DescribedHeads(APIView):
    """The signed heads."""

    @extend_schema(**described.HEADS)
    def get(self, request: HttpRequest) -> None:
        """日志的签名树头，最新的在前。"""


class DescribedConsistency(APIView):
    """That the log only grew."""

    @extend_schema(**described.CONSISTENCY)
    def get(self, request: HttpRequest) -> None:
        """两个树头之间的一致性证明：前一个是后一个的开头，历史没有被改写。"""


class DescribedChanges(APIView):
    """The changes feed."""

    @extend_schema(**described.CHANGES)
    def get(self, request: HttpRequest) -> None:
        """变动订阅：按提交次序给出公示、标注、更正和结束，不漏不重。"""


@described_by(DescribedDocuments)
def documents(request: HttpRequest) -> Answer:
    """One page of the list."""
    tag = request.META.get("HTTP_IF_NONE_MATCH", "")
    return answers.documents(request.GET.dict(), path=request.path, known_tag=tag, now=clock.now())


@described_by(DescribedDocument)
def document(request: HttpRequest, document_id: UUID) -> Answer:
    """One document."""
    answers.only(request.GET.dict(), ())
    return answers.document(document_id, known_tag=request.META.get("HTTP_IF_NONE_MATCH", ""), now=clock.now())


@described_by(DescribedProof)
def document_proof(request: HttpRequest, document_id: UUID) -> Answer:
    """The proof of one document."""
    answers.only(request.GET.dict(), ())
    return proofs.document_proof(document_id, now=clock.now())


@described_by(DescribedHeads)
def heads(request: HttpRequest) -> Answer:
    """The signed heads."""
    return proofs.heads(request.GET.dict(), now=clock.now())


@described_by(DescribedConsistency)
def consistency(request: HttpRequest) -> Answer:
    """The proof that the log only grew."""
    return proofs.consistency(request.GET.dict(), now=clock.now())


@described_by(DescribedChanges)
def changes(request: HttpRequest) -> Answer:
    """The changes after a place."""
    return feed.changes(request.GET.dict(), now=clock.now())
