"""Pieces of Markdown as Obsidian reads it: text that stays text, links between pages, front matter."""

from __future__ import annotations

import json
import re
from typing import Any

from kg.export import terms
from kg.export.characters import one_line, utf8_text

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~=^$%&])")
"""What Markdown or Obsidian may read as markup inside a line; CommonMark takes a backslash before any of them."""
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML does not read (YAML 1.2, section 5.1)."""
_IN_LINKS = str.maketrans("[]|", "［］｜")


def escaped(text: str) -> str:
    """Return text as part of a line that reads as it is."""
    return _MARKUP.sub(r"\\\1", one_line(utf8_text(text)))


def page_link(page: str, shown: str) -> str:
    """Return a link to a page of the vault; what would end it has a look-alike in the words shown."""
    words = one_line(utf8_text(shown)).translate(_IN_LINKS)
    return f"[[{page}|{words or page.rpartition('/')[2]}]]"


def web_link(words: str, url: str | None) -> str:
    """Return a link to a web address, the words alone where it is none of the web's own."""
    address = terms.url(url) if url else ""
    return f"[{escaped(words)}]({address})" if address.startswith("<") else escaped(words)


def front_matter(properties: dict[str, Any]) -> str:
    """Return properties as YAML, each value as JSON, which YAML reads; absent ones are left out."""
    lines = [f"{name}: {_value(value)}" for name, value in properties.items() if value is not None and value != []]
    return "\n".join(["---", *lines, "---", ""])


def _value(value: Any) -> str:
    dumped = utf8_text(json.dumps(value, ensure_ascii=False))
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)
