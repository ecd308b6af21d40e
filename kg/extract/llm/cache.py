"""Answers by content: one file for each question asked, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ExtractionError

FOLDER = "answers"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What one call asks: chat messages, and the JSON Schema of the answer; `key` is their hash with the model's."""

    key: str
    messages: tuple[dict[str, str], ...]
    form: dict[str, Any]

    @property
    def most_tokens(self) -> int:
        """The most tokens that messages and form can be: one for each byte of their UTF-8.

        No token of a byte-level BPE, or of SentencePiece with bytes to fall back on, is shorter than a byte.
        """
        texts = [text for message in self.messages for text in message.values()]
        return sum(len(text.encode("utf-8", "surrogatepass")) for text in (*texts, json.dumps(self.form)))


def question(messages: list[dict[str, str]], form: dict[str, Any], asked_with: dict[str, object]) -> Question:
    """Return a question whose key depends on messages, form, and what else decides the answer."""
    parts = {"format": FORMAT, "messages": messages, "form": form, **asked_with}
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return Question(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), tuple(messages), form)


class AnswerCache:
    """The answers in a cache folder; several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def get(self, key: str) -> str | None:
        """Return the answer to a question, None where there is none."""
        try:
            found = json.loads(self._path(key).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise ExtractionError(f"{self._path(key)}: cannot be read ({error}); delete it to ask again") from error
        if not isinstance(found, dict) or not isinstance(found.get("content"), str):
            raise ExtractionError(f"{self._path(key)}: is no kept answer; delete it to ask again")
        answer: str = found["content"]
        return answer

    def put(self, key: str, content: str, model: str) -> None:
        """Keep the answer to a question; raises ExtractionError when it cannot be written."""
        path = self._path(key)
        text = json.dumps({"format": FORMAT, "model": model, "content": content}, indent=1)
        temporary = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            Path(temporary).replace(path)
        except OSError as error:
            raise ExtractionError(
                f"{path}: cannot be written ({error.strerror}); choose another cache folder"
            ) from error
        finally:
            if temporary is not None:
                with suppress(OSError):
                    Path(temporary).unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
