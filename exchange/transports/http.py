"""HTTP service: one signed message a request, a signed answer back, nothing taken on trust."""

from __future__ import annotations

import base64
import time
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from exchange.models import Outcome
from exchange.transports import answers, signing, words
from exchange.transports.answers import Reply
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

    Timeouts are explicit and apply to connecting, to each read, to each write and to the whole body; proxies and netrc of
    the environment are ignored, redirects are not followed.
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
            reply, nonce = self._ask("POST", "/exchange/v1/messages", content=message.content, headers=headers)
        except httpx.HTTPError as failure:
            return Answer(Outcome.UNREACHABLE, message=type(failure).__name__)
        return answers.read(reply, is_signed=self._is_signed(reply, nonce), message=message)

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """This will fetch later cleaning results (domain 3.5, second moment)."""
        body = self._fetch("/exchange/v1/results", {"after": cursor, "limit": str(PAGE)})
        try:
            return [words.read(item) for item in body["items"]], str(body["next"])[:64]
        except (ValueError, KeyError, TypeError) as broken:
            raise Unreachable("the list of results cannot be read") from broken

    def holdings(self) -> list[Holding]:
        """This will list what the platform holds, page by page."""
        held: list[Holding] = []
        after = ""
        while True:
            body = self._fetch("/exchange/v1/holdings", {"after": after, "limit": str(PAGE)})
            try:
                held += [Holding(str(row["id"]), int(row["version"]), bool(row["live"])) for row in body["items"]]
                former, after, is_more = after, str(body["next"]), bool(body["more"])
            except (ValueError, KeyError, TypeError) as broken:
                raise Unreachable("the list of holdings cannot be read") from broken
            if not is_more:
                return held
            if after <= former:
                raise Unreachable("the list of holdings does not go on")

    @cached_property
    def _client(self) -> httpx.Client:
        """One client a transport: making one reads every certificate authority, which costs more than a message."""
        limits = httpx.Limits(keepalive_expiry=KEEPALIVE_SECONDS)
        return httpx.Client(timeout=httpx.Timeout(self.timeout), limits=limits, trust_env=False, follow_redirects=False)

    def _fetch(self, path: str, query: dict[str, str]) -> Any:
        try:
            reply, nonce = self._ask("GET", f"{path}?{urlencode(query)}", content=b"", headers={})
        except httpx.HTTPError as failure:
            raise Unreachable(type(failure).__name__) from failure
        if reply.status != httpx.codes.OK or not self._is_signed(reply, nonce):
            raise Unreachable(f"HTTP {reply.status}")
        return reply.json()

    def _ask(self, method: str, target: str, *, content: bytes, headers: dict[str, str]) -> tuple[Reply, str]:
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
        url, sent = self.url.rstrip("/") + target, {**headers, **signed}
        with self._client.stream(method, url, content=content, headers=sent) as response:
            return Reply(response.status_code, response.headers, self._body_of(response)), nonce

    def _body_of(self, response: httpx.Response) -> bytes:
        """Read the body within one more timeout and a size: a platform that drips bytes must not hold the lease."""
        ends_at, body = time.monotonic() + self.timeout, b""
        for part in response.iter_bytes():
            body += part
            if len(body) > LONGEST or time.monotonic() > ends_at:
                raise httpx.ReadTimeout("the answer was too long or too slow", request=response.request)
        return body

    def _is_signed(self, reply: Reply, nonce: str) -> bool:
        given = reply.headers.get(signing.SIGNATURE, "")
        lines = ("answer", nonce, str(reply.status), signing.content_digest(reply.content))
        return signing.is_right(self.secret, given, *lines)
