"""HTTP to an endpoint: one connection kept open, authentication, and requests tried again."""

from __future__ import annotations

import base64
import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import InputError, StoreError

TRIES = 4
WAIT = 0.5
"""Seconds before the second try; doubled before each further one."""
TIMEOUT = 300.0
PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may be gone at the next try."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a bearer token, or a user and password (HTTP Basic, RFC 7617), or nobody."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

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
        self.url = url
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise InputError(f"{url}: no address ({error})") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
            raise InputError(f"{url}: no address of an endpoint; give one like http://127.0.0.1:7878/store")
        if parts.username is not None:
            raise InputError("the address has a user in it; give --user, and the password in KG_ENDPOINT_PASSWORD")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._http = kind(parts.hostname, port, timeout=TIMEOUT)
        self._path = parts.path or "/"
        self._query = parts.query
        self._headers = login.headers()

    def request(
        self, method: str, query: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Return the status (2xx or 404) and body of the answer to a request.

        Raises StoreError for every other status, and when nothing answers after TRIES tries.
        """
        both = "&".join(part for part in (self._query, query) if part)
        target = f"{self._path}?{both}" if both else self._path
        for tries in range(1, TRIES + 1):
            try:
                self._http.request(method, target, body, {**self._headers, **(headers or {})})
                answer = self._http.getresponse()
                status, text = answer.status, answer.read()
            except (OSError, http.client.HTTPException) as error:
                self._http.close()
                failure = f"does not answer ({str(error) or type(error).__name__}); see that it runs"
            else:
                if status < 300 or status == 404:
                    return status, text
                failure = _said(status, text)
                if status not in PASSING:
                    break
            if tries < TRIES:
                time.sleep(WAIT * 2 ** (tries - 1))
        raise StoreError(f"{self.url}: {failure}")

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


def _said(status: int, text: bytes) -> str:
    """Return what an answer says is wrong, on one line."""
    detail = " ".join(text[:300].decode("utf-8", "replace").split())
    advice = {
        401: "; give --user or --token",
        403: "; this user may not write",
        405: "; is this the address of the Graph Store Protocol, and is it writable?",
    }.get(status, "")
    return f"answers {status} {http.client.responses.get(status, '')}{advice}{f' ({detail})' if detail else ''}"
