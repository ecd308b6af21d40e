"""HTTP to an endpoint: one connection kept open, authentication, and requests tried again."""

from __future__ import annotations

import base64
import http.client
import os
import re
import time
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urlsplit

from kg.errors import InputError, StoreError

TRIES = 4
WAIT = 0.5
"""Seconds before the second try; doubled before each further one."""
TIMEOUT = 300.0
"""Seconds without a word after which an answer is given up."""
PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may be gone at the next try."""

ADVICE = {
    401: "; set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN",
    403: "; this user may not write",
    405: "; is this the address of the Graph Store Protocol, and is it writable?",
    413: "; raise its limit for the size of a request",
}
"""What to do about a status."""
_VISIBLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a bearer token, or a user and password (HTTP Basic, RFC 7617), or nobody."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @staticmethod
    def of_environment() -> Login:
        """Return who KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN say asks.

        Arguments of a command, which anyone on the machine can list, hold no passwords.
        """
        return Login(*(os.environ.get(f"KG_ENDPOINT_{name}") for name in ("USER", "PASSWORD", "TOKEN")))

    def headers(self) -> dict[str, str]:
        """Return the Authorization header."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user is None:
            return {}
        pair = f"{self.user}:{self.password or ''}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}


class Connection:
    """A connection to one endpoint; every request is one that may be sent twice."""

    def __init__(self, url: str, login: Login) -> None:
        """Take the address of the endpoint; raises InputError unless it is http or https without user and password."""
        self.url = shown(url)
        if "@" in url.partition("://")[2].partition("/")[0]:
            raise InputError("the address has a user in it; set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD instead")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise InputError(f"{self.url}: no address ({error}); give one like http://127.0.0.1:7878/store") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment or not _VISIBLE.fullmatch(url):
            raise InputError(f"{self.url}: no address of an endpoint; give one like http://127.0.0.1:7878/store")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._http = kind(parts.hostname, port, timeout=TIMEOUT)
        self._path = parts.path or "/"
        self._query = parts.query
        self._headers = login.headers()
        self._secrets = [secret for secret in (login.password, login.token, *self._headers.values()) if secret]

    def request(
        self, method: str, query: str, body: bytes | BinaryIO | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Return the status (2xx or 404) and body of the answer to a request; `body` may be an open file.

        Raises StoreError for every other status, for a web page, and when nothing answers after TRIES tries.
        """
        both = "&".join(part for part in (self._query, query) if part)
        target = f"{self._path}?{both}" if both else self._path
        for tries in range(1, TRIES + 1):
            if body is not None and not isinstance(body, bytes):
                body.seek(0)
            try:
                # Without a length http.client sends a file in chunks, which Virtuoso for one does not take.
                length = {} if body is None else {"Content-Length": str(_length(body))}
                self._http.request(method, target, body, {**self._headers, **length, **(headers or {})})
                answer = self._http.getresponse()
                text = answer.read()
            except TimeoutError:
                self._http.close()
                failure = f"no answer in {TIMEOUT:g} s; see that it is not overloaded"
            except (OSError, http.client.HTTPException) as error:
                self._http.close()
                failure = f"does not answer ({str(error) or type(error).__name__}); see that it runs"
            else:
                page = "html" in (answer.getheader("Content-Type") or "")
                if (answer.status < 300 and not page) or answer.status == 404:
                    return answer.status, text
                failure = self._said(answer, text)
                if answer.status not in PASSING:
                    break
            if tries < TRIES:
                time.sleep(WAIT * 2 ** (tries - 1))
        raise StoreError(f"{self.url}: {failure}")

    def _said(self, answer: http.client.HTTPResponse, text: bytes) -> str:
        """Return what an answer says is wrong, on one line and without what logs in."""
        if answer.status < 300:
            return f"answers {answer.status} with a web page; is this the store's own address, or one to log in at?"
        if answer.status < 400:
            place = shown(answer.getheader("Location") or "nowhere")
            return f"answers {answer.status}, it has moved to {place}; give the address that it has now"
        detail = " ".join(text[:300].decode("utf-8", "replace").split())
        for secret in self._secrets:
            detail = detail.replace(secret, "…")
        reason = http.client.responses.get(answer.status, "")
        return f"answers {answer.status} {reason}{ADVICE.get(answer.status, '')}{f' ({detail})' if detail else ''}"

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


def shown(url: str) -> str:
    """Return an address fit for messages: without its query, where some services want a key."""
    return url.partition("?")[0]


def _length(body: bytes | BinaryIO) -> int:
    return len(body) if isinstance(body, bytes) else os.fstat(body.fileno()).st_size
