"""Photo captions and photo credits: "[사진=…]", "/사진=…", "(… 제공)", "…하고 있다. [연합뉴스]"."""

from __future__ import annotations

import re

_AGENCY = (
    r"(?:연합뉴스(?:TV)?|뉴시스|뉴스1|News1|로이터|AFP|AP|EPA|UPI|신화|블룸버그"
    r"|게티이미지(?:뱅크|코리아)?|조선중앙통신|노동신문)"
)
_SOURCE = r"(?:제공|캡처|캡쳐|캡춰|자료 ?사진|자료|DB|홈페이지|페이스북|인스타그램|공동취재단?)"
_BRACKETED = (
    rf"(?:<<|[\[(<＜［] ?)(?:(?:사진|자료|그래픽|이미지|출처)(?: ?(?:제공|출처|자료))? ?[=:·/][^\[\]()<>\n]{{1,40}}"
    rf"|(?:[^\[\]()<>=\n]{{0,25}}?[=/ ])? ?{_AGENCY}(?: ?{_SOURCE})?"
    rf"|{_AGENCY}[=/ ][^\[\]()<>\n]{{1,20}}|[^\[\]()<>\n]{{1,25}} (?:{_SOURCE}|{_SOURCE}=연합뉴스)"
    rf"|국내에서만 사용[^\[\]\n]{{0,200}}|재판매 및 DB[^\[\]\n]{{0,60}})(?:>>|[\])>＞］])"
)
_NEWS1 = r"(?:\d{4}\. ?\d{1,2}\. ?\d{1,2}\.? ?)?/ ?뉴스1(?: ?© ?(?:News1|뉴스1)(?: ?[가-힣]{2,4} ?기자| DB)?)?"
_COPY = r"© ?(?:(?:AFP|AP|로이터)=뉴스1|News1(?: ?[가-힣]{2,4} ?기자| DB)?)"
_SLASH = (
    r"/ ?(?:사진|그래픽|자료|이미지)(?: ?제공)? ?= ?[^.=\n/]{0,25}?"
    rf"(?:{_AGENCY}(?: ?{_SOURCE})?|{_SOURCE}|기자|디자이너)"
    r"(?: [가-힣]{2,4} ?기자)?|[/@] ?[가-힣]{2,8} [가-힣]{2,4} ?디자이너"
)
_GIVEN = r"(?<=[가-힣])(?<!다)\. [가-힣A-Za-z]{2,15} 제공(?= |$)"
_CREDIT = re.compile(rf"(?:{_BRACKETED}|{_NEWS1}|{_COPY}|{_SLASH})")
_SPLIT = re.compile(
    rf"(?:{_BRACKETED}|{_NEWS1}|{_COPY}|{_SLASH}|{_GIVEN})(?! ?(?:[은는이가을를와과도의에로]|으로|에서)\b)"
    r"(?! ?[가-힣·ㆍ,/ A-Za-z]{0,60}=)"
)
_UNBRACKETED = re.compile(rf"{_NEWS1}|{_COPY}|{_SLASH}")
_INSERTED = re.compile(rf"(?<=[다요]\. )[^.\n\[\]]{{3,80}}(?=\[){_BRACKETED}")
"""A caption set between two sentences of a flattened article."""
_CREDIT_END = re.compile(
    rf"(?:{_CREDIT.pattern}|[/ ]사진(?: ?제공)? ?= ?[^.\n]{{0,25}}|^사진(?: ?제공)? ?= ?[^.\n]{{1,25}}"
    rf"|[ⓒ©] ?[^\n.다]{{1,25}}|(?<=\.) ?[가-힣A-Za-z]{{2,15}} 제공|[ .](?:연합뉴스|뉴시스|뉴스1))[\])>. ]*$"
)
_HEAD = 600
"""How far from the start of a text credits in brackets are looked for, in characters."""

_INLINE = re.compile(r" ?\((?:사진|자료|자료사진|그래픽|출처) ?[=:] ?[^()\n]{1,30}\)")
_SENTENCE = re.compile(r"(?<=[가-힣][.?!])[\"”’]? ")
_FULL = re.compile(r"[다요죠]\.[\"”’)]*$")

LIMIT = 200
"""Longest caption taken for one, in characters; a longer line loses its credit only."""


def break_after(text: str) -> str:
    """Return the text with a line break after each photo credit, those in brackets near its head only."""
    head, tail = text[:_HEAD], text[_HEAD:]
    if "/" in tail or "©" in tail or "@" in tail:
        tail = _UNBRACKETED.sub(r"\g<0>\n", tail)
    if "[" in tail:
        tail = _INSERTED.sub(r"\n\g<0>\n", tail)
    return _SPLIT.sub(r"\g<0>\n", head) + tail


def strip_caption(line: str) -> tuple[str, str]:
    """Return what is left of a line without its caption and credit, and what was taken.

    A line that ends in a credit is a caption when it has at most LIMIT characters and two sentences.
    """
    whole = line.endswith(("다.", "요.", "다.”", '다."'))
    found = None if whole else _CREDIT_END.search(line, max(0, len(line) - 240))
    if found is None and "(" not in line:
        return line, ""
    if found is None:
        return _INLINE.sub("", line), "".join(_INLINE.findall(line))
    before = line[: found.start()].rstrip()
    sentences = _SENTENCE.split(before)
    if len(before) <= LIMIT and len(sentences) <= 2:
        return "", line
    if _FULL.search(before):
        return before, found[0]
    return " ".join(sentences[:-1]), sentences[-1] + found[0]
