"""HTTP service: one signed message a request, a signed answer back, nothing taken on trust."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from exchange.models import Outcome
from exchange.transports import answers, signing, words
from exchange.transports.interface import Answer, Holding, Message, Unreachable, Word
from ledger import heads
from rules import clock

PAGE = 500
KEEPALIVE_SECONDS = 5.0
LONGEST = 4 * 1024 * 1024


@dataclass(frozen=True)
class HttpTransport:
    """
    The platform's HTTP interface.

    Timeouts are explicit and apply to connecting, to each read and to each write; proxies and netrc of the environment
    are ignored, redirects are not followed.
    """

    url: str
    client: str
    secret: str
    timeout: float

    def send(self, message: Message) -> Answer:
        """This will send one message; the same key and bytes on every repeat, so that the platform can tell (scenario 56)."""
        headers = {signing.IDEMPOTENCY_KEY: str(message.key), "Content-Type": "application/json"}
        head = heads.latest()
        if head is not None:  # the platform witnesses our log (design 5)
            headers[signing.HEAD] = base64.b64encode(head.text.encode()).decode()
        try:
            response, nonce = self._ask("POST", "/exchange/v1/messages", content=message.content, headers=headers)
        except httpx.HTTPError as failure:
            return Answer(Outcome.UNREACHABLE, message=type(failure).__name__)
        return answers.read(response, is_signed=self._is_signed(response, nonce), message=message)

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """This will fetch later cleaning results (domain 3.5, second moment)."""
        body = self._fetch("/exchange/v1/results", {"after": cursor, "limit": str(PAGE)})
        return [words.read(item) for item in body["items"]], str(body["next"])

    def holdings(self) -> list[Holding]:
        """This will list what the platform holds, page by page."""
        held: list[Holding] = []
        after = ""
        while True:
            body = self._fetch("/exchange/v1/holdings", {"after": after, "limit": str(PAGE)})
            held += [Holding(str(row["id"]), int(row["version"]), bool(row["live"])) for row in body["items"]]
            if not body["more"]:
                return held
            after = str(body["next"])

    @cached_property
    def _client(self) -> httpx.Client:
        """One client a transport: making one reads every certificate authority, which costs more than a message."""
        limits = httpx.Limits(keepalive_expiry=KEEPALIVE_SECONDS)
        return httpx.Client(timeout=httpx.Timeout(self.timeout), limits=limits, trust_env=False, follow_redirects=False)

    def _fetch(self, path: str, query: dict[str, str]) -> Any:
        try:
            response, nonce = self._ask("GET", f"{path}?{urlencode(query)}", content=b"", headers={})
            if response.status_code != httpx.codes.OK or not self._is_signed(response, nonce):
                raise Unreachable(f"HTTP {response.status_code}")
            return response.json()
        except (httpx.HTTPError, ValueError) as failure:
            raise Unreachable(type(failure).__name__) from failure

    def _ask(self, method: str, target: str, *, content: bytes, headers: dict[str, str]) -> tuple[httpx.Response, str]:
        nonce = uuid.uuid4().hex
        moment = str(int(clock.now().timestamp()))  # the machine's clock: the platform compares it with its own
        digest = signing.content_digest(content)
        key, head = headers.get(signing.IDEMPOTENCY_KEY, ""), headers.get(signing.HEAD, "")
        path = urlsplit(self.url).path.rstrip("/") + target
        signed = {
            signing.CLIENT: self.client,
            signing.MOMENT: moment,
            signing.NONCE: nonce,
            signing.CONTENT_DIGEST: digest,
            signing.SIGNATURE: signing.sign(self.secret, method, path, digest, moment, nonce, key, head),
        }
        response = self._client.request(
            method, self.url.rstrip("/") + target, content=content, headers={**headers, **signed}
        )
        return response, nonce

    def _is_signed(self, response: httpx.Response, nonce: str) -> bool:
        if len(response.content) > LONGEST:
            return False
        digest = signing.content_digest(response.content)
        given = response.headers.get(signing.SIGNATURE, "")
        return signing.is_right(self.secret, given, "answer", nonce, str(response.status_code), digest)
