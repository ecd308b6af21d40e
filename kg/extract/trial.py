"""An extractor tried on articles: plain ones, hard ones, in other batches and in a process of its own."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import ExtractionError
from kg.extract.extractors import load_extractor
from kg.model import Document
from kg.stage import Stage

ARTICLES = {
    "ko": (
        "오픈AI, 카카오와 제휴\n오픈AI는 지난 4일 카카오와 전략적 제휴를 맺었다.\n"
        "샘 올트먼 최고경영자는 서울을 찾았다. 카카오는 멜론을 인수할 수 있다고 밝혔다.",
        "하이브, 이타카홀딩스 인수\n하이브는 2021년 이타카홀딩스를 인수했다.\n"
        "방시혁 의장은 미국 시장에 진출한다고 말했다.",
        "삼성전자는 하만을 인수했다. 삼성전자의 자회사 하만은 독일에 공장을 둔다.",
    ),
    "en": (
        "Microsoft invests in OpenAI\nMicrosoft invested in OpenAI in 2019.\n"
        "Sam Altman met with Satya Nadella in Seattle. OpenAI may acquire Windsurf, Reuters reported.",
        "Apple Inc. acquired Beats Electronics in 2014. Tim Cook, Apple's chief executive, was born in Alabama.",
        "Samsung Electronics supplies Apple. YouTube is a subsidiary of Google.",
    ),
}
"""Articles with names and relations, by language; another language gets the English ones."""
ODD = {
    "empty": "",
    "blank": " \n\t\n ",
    "title-only": "카카오 Kakao\n",
    "emoji": "👩‍👩‍👧 카카오🇰🇷가 🏢OpenAI🏢를 만났다 👍🏽. Sam 😀 Altman met Kakao 𝒦𝒶𝓀𝒶𝑜.",
    "combining": "Z̸͓̈́ä̷́l̶g̵o̴ met Kakao. ‌‍Ｏｐｅｎ ＡＩ ﬁrst ½ ㈜카카오 ㏇.",
    "surrogates": "카카오\ud83d는 OpenAI\udc00와 제휴했다. Kakao \ud800 met OpenAI.",
    "control": "카카오\x00는 OpenAI\x07와 \x1b[31m제휴\x1b[0m했다.\x0bKakao\x0cacquired\x85OpenAI\u2028.",
    "line-ends": "카카오는 제휴했다.\r\nOpenAI acquired Kakao.\r\n\rSam Altman\rmet",
    "right-to-left": "\u202eשלום OpenAI عربي كاكاو\u202c Kakao acquired \u200fOpenAI\u200e.",
    "one-word": "카카오",
    "punctuation": "....!!!???\"'\"'()[]{}<>@#$%^&*~|\\",
    "unspaced": "카카오는오픈AI와제휴했다KakaoacquiredOpenAI" * 60,
    "sentences-without-end": "Kakao and OpenAI and Apple and 삼성전자 및 " * 150,
}
"""Texts that are hard in one way each; what the article readers would refuse among them."""
LONG = 20_000
"""Characters of the longest text."""
SEEDS = ("1", "2")
"""Of the hash of the processes that repeat the work: what goes by the order of a set comes out otherwise in one."""

_CHILD = Path(__file__).with_name("trial_child.py")


@dataclass(frozen=True, slots=True)
class Seen:
    """What an extractor did in a process of its own."""

    name: str
    version: str
    documents: list[Document]
    connections: list[str]
    """Addresses and hosts that it asked for; none was let through unless the trial allows it."""
    written: list[str]
    """Files that it made, changed or removed in the working directory."""


class Trial:
    """An extractor, given by its spec or as a Stage, with what it makes of the articles; each run is made once.

    `texts` take the place of ARTICLES; `network` lets it open connections.
    """

    def __init__(
        self, extractor: str | Stage, language: str = "ko", *, texts: Sequence[str] = (), network: bool = False
    ) -> None:
        self.stage = load_extractor(extractor, language) if isinstance(extractor, str) else extractor
        self.network = network
        self.named = self.stage.name, self.stage.version
        given = texts or ARTICLES.get(language, ARTICLES["en"])
        self.plain = [document(f"article-{at}", text, language) for at, text in enumerate(given)]
        self.odd = [document(name, text, language) for name, text in ODD.items()]
        line = given[0].replace("\n", " ") + " "
        self.odd.append(document("long", (line * (LONG // len(line) + 1))[:LONG], language))

    @property
    def documents(self) -> list[Document]:
        """All documents of the trial."""
        return [*self.plain, *self.odd]

    @cached_property
    def found(self) -> list[Document]:
        """What the stage makes of all documents, one at a time, without those that it fails on."""
        return [found for _, found in self._one_by_one if isinstance(found, Document)]

    @property
    def found_plain(self) -> list[Document]:
        """Those of `found` that are plain articles."""
        return self.found[: sum(isinstance(found, Document) for _, found in self._one_by_one[: len(self.plain)])]

    @cached_property
    def failures(self) -> list[tuple[Document, Exception]]:
        """The documents that the stage fails on when they are alone."""
        return [(given, found) for given, found in self._one_by_one if isinstance(found, Exception)]

    @property
    def pairs(self) -> list[tuple[Document, Document]]:
        """Each document, and what the stage makes of it."""
        return [(given, found) for given, found in self._one_by_one if isinstance(found, Document)]

    @cached_property
    def _one_by_one(self) -> list[tuple[Document, Document | Exception]]:
        return [(one, self._alone(one)) for one in self.documents]

    def _alone(self, given: Document) -> Document | Exception:
        try:
            (found,) = self.stage([given])
        except Exception as error:  # whatever a stage raises is what it is tried for
            return error
        return found

    @cached_property
    def processes(self) -> list[Seen]:
        """What the stage does in fresh processes, pickled to them, one for each of SEEDS."""
        return [self._in_process(seed) for seed in SEEDS]

    def _in_process(self, seed: str) -> Seen:
        try:
            data = pickle.dumps((self.stage, self.plain))
        except Exception as error:  # whatever pickling unknown objects raises
            raise ExtractionError(f"cannot be pickled ({type(error).__name__}: {error})") from error
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
        with tempfile.TemporaryDirectory() as folder:
            given, made = Path(folder, "given"), Path(folder, "made")
            given.write_bytes(pickle.dumps((sys.path, self.network, data)))
            command = [sys.executable, str(_CHILD), str(given), str(made)]
            done = subprocess.run(command, capture_output=True, env=environment, check=False)
            if done.returncode or not made.is_file():
                said = done.stderr.decode("utf-8", "replace").strip().splitlines()
                raise ExtractionError(f"fails in another process: {said[-1] if said else f'exit {done.returncode}'}")
            seen: dict[str, Any] = pickle.loads(made.read_bytes())
        return Seen(**seen)


def document(identifier: str, text: str, language: str) -> Document:
    """Return the empty document of a text, its first line the title, as articles are read."""
    text = unicodedata.normalize("NFC", text)
    title, line, _ = text.partition("\n")
    return Document(identifier, text, title if line else None, date="2025-05-27", language=language)
