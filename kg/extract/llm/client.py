"""One call to an OpenAI-compatible /chat/completions endpoint: sent once, its answer or a plain error.

What is sent: the messages, the model's name, the limits and the form. The key goes into the Authorization header and
nowhere else; no redirect is followed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeGuard

from kg.errors import ExtractionError
from kg.extract.llm.cache import Question
from kg.extract.llm.ledger import Usage
from kg.extract.llm.settings import Settings, need_httpx2

LARGEST = 16 * 2**20
"""Bytes of a response; a longer one is cut off and fails."""
IDLE = 1.0
"""Seconds a connection may idle before it is left: servers close theirs after five or so."""
AGAIN = frozenset((408, 425, 429))
"""Statuses below 500 after which the same call may succeed."""
FORM_WORDS = ("response_format", "json_schema", "json_object", "grammar", "structured")
"""Of which an endpoint speaks that refuses a structure."""
QUOTED = 300
"""Characters of an endpoint's own words that a message quotes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call came to: `content` is the answer, None where it `failed`, which says how.

    `used` is None where nobody can tell what the call took. `again` says that trying again may help, after `wait`
    seconds where the endpoint named them; `settled` that no call of these settings can succeed; `refused_form` that the
    endpoint does not take the structure asked for.
    """

    content: str | None = None
    used: Usage | None = None
    failed: str = ""
    again: bool = False
    wait: float | None = None
    settled: bool = False
    refused_form: bool = False


NOTHING = Usage(0, 0)


class Client:
    """Sends calls for some settings within a `with` block; threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._httpx = need_httpx2()
        # A connection that the endpoint just closed for idling fails, and a failed call counts in full.
        limits = self._httpx.Limits(keepalive_expiry=IDLE)
        self._http = self._httpx.Client(timeout=settings.timeout, follow_redirects=False, limits=limits)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *ended: object) -> None:
        self._http.close()

    def call(self, question: Question, structure: str) -> Reply:
        """Send a call and return what came of it."""
        body = json.dumps(self._body(question, structure), ensure_ascii=False).encode("utf-8", "surrogatepass")
        headers = {"Content-Type": "application/json", **self._authorization()}
        httpx, url = self._httpx, f"{self._settings.endpoint}/chat/completions"
        until = time.monotonic() + self._settings.timeout
        received = bytearray()
        try:
            with self._http.stream("POST", url, content=body, headers=headers) as response:
                for part in response.iter_bytes():
                    received += part
                    if len(received) > LARGEST:
                        return self._failed(f"answered with more than {LARGEST:,} bytes", used=None)
                    if time.monotonic() > until:
                        return self._failed(self._late(), again=True)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return self._failed(f"cannot be reached ({error}); is it running?", used=NOTHING, again=True)
        except httpx.TimeoutException:
            return self._failed(self._late(), again=True)
        except httpx.HTTPError as error:
            return self._failed(f"cut the connection ({type(error).__name__})", again=True)
        if response.status_code != 200:
            return self._error(response.status_code, response.headers, bytes(received), structure)
        return self._answer(bytes(received))

    def check(self) -> None:
        """Raise ExtractionError when the key is missing."""
        self._authorization()

    def _body(self, question: Question, structure: str) -> dict[str, Any]:
        s = self._settings
        body: dict[str, Any] = {"model": s.model, "messages": list(question.messages)}
        body[s.limit_name] = s.max_output_tokens
        body |= {name: value for name in ("temperature", "seed") if (value := getattr(s, name)) is not None}
        if structure == "json_schema":
            form = {"name": "answer", "strict": True, "schema": question.form}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        elif structure == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _authorization(self) -> dict[str, str]:
        name = self._settings.key_env
        if name is None:
            return {}
        key = os.environ.get(name, "").strip()
        if not key or not key.isascii() or not key.isprintable():
            said = "holds no key" if not key else "holds what is no key"
            raise ExtractionError(
                f"the environment variable {name} {said}; set it, or take key_env out of the settings"
            )
        return {"Authorization": f"Bearer {key}"}

    def _late(self) -> str:
        return f"took longer than the {self._settings.timeout:g} s of timeout"

    def _failed(self, said: str, *, used: Usage | None = None, **fields: Any) -> Reply:
        return Reply(failed=f"{self._settings.endpoint}: {said}", used=used, **fields)

    def _error(self, status: int, headers: Mapping[str, str], received: bytes, structure: str) -> Reply:
        words = self._quoted(received)
        used = NOTHING if status < 500 else None  # a server that fails may have worked before
        asked = structure != "text" and any(word in words.lower() for word in FORM_WORDS)
        if asked and status in (400, 404, 415, 422, 500, 501):
            return self._failed(
                f"does not take {structure} ({status}); set another structure", used=used, refused_form=True
            )
        if status in AGAIN or status >= 500:
            wait = _retry_after(headers.get("retry-after"))
            return self._failed(f"answered {status}{words}", used=used, again=True, wait=wait)
        advice = {
            401: "give a valid key by key_env",
            403: "give a key that may use this model",
            404: f"check endpoint, and whether it has the model {self._settings.model!r}",
        }
        said = advice.get(status, "check endpoint, model and limits in the settings")
        return self._failed(f"answered {status}{words}; {said}", used=used, settled=status in advice or status < 400)

    def _quoted(self, received: bytes) -> str:
        """Return an endpoint's own words in brackets, without the key should they repeat it."""
        words = " ".join(received.decode("utf-8", "replace").split())
        key = os.environ.get(self._settings.key_env or "", "").strip()
        words = words.replace(key, "…") if key else words
        words = "".join(char if char.isprintable() else " " for char in words)[:QUOTED]
        return f" ({words})" if words else ""

    def _answer(self, received: bytes) -> Reply:
        try:
            found = json.loads(received)
        except (ValueError, RecursionError):
            return self._failed(f"answered what is no JSON{self._quoted(received)}", again=True)
        used = _usage(found)
        if isinstance(found, dict) and found.get("error"):
            return self._failed(f"answered with an error{self._quoted(received)}", used=used, again=True)
        choices = found.get("choices") if isinstance(found, dict) else None
        first = choices[0] if isinstance(choices, list) and choices else None
        message = first.get("message") if isinstance(first, dict) else None
        if not isinstance(first, dict) or not isinstance(message, dict):
            return self._failed("answered without a choice", used=used, again=True)
        if message.get("refusal"):
            return self._failed("the model refused to answer", used=used)
        if first.get("finish_reason") == "length":
            said = f"the answer was cut off at max_output_tokens, {self._settings.max_output_tokens:,}"
            return self._failed(f"{said}; raise it, or lower passage_characters", used=used)
        if first.get("finish_reason") == "content_filter":
            return self._failed("a content filter of the endpoint cut the answer off", used=used)
        content = message.get("content")
        if not isinstance(content, str) or not content.strip():
            return self._failed("answered with nothing", used=used, again=True)
        return Reply(content, used)


def _usage(found: object) -> Usage | None:
    """Return the usage a response reports; None where it is missing, or cannot be true.

    Tokens of the total that are neither prompt nor completion (hidden reasoning) were put out.
    """
    given = found.get("usage") if isinstance(found, dict) else None
    if not isinstance(given, dict):
        return None
    tokens_in, tokens_out, total = (given.get(f"{name}_tokens") for name in ("prompt", "completion", "total"))
    if not (_is_count(tokens_in) and _is_count(tokens_out)):
        return None
    hidden = total - tokens_in - tokens_out if _is_count(total) else 0
    return Usage(tokens_in, tokens_out + max(0, hidden))


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 < value < 2**40


def _retry_after(value: str | None) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), None where it has none."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
