"""Reporter lines: datelines and bylines at the head, reporter names and e-mail addresses at the end.

The forms are those of the Korean press: "(서울=뉴스1) 홍길동 기자 =", "【서울=뉴시스】홍길동 기자 =",
"[머니투데이 홍길동 기자]", "홍길동 기자 hong@example.co.kr", "KBS 뉴스 홍길동입니다."
"""

from __future__ import annotations

import re

_NAME = r"[가-힣]{2,4}"
_ROLE = (
    r"(?:[가-힣/]{1,8} ?)?(?:(?:선임|전문|객원|인턴|명예|수습|시민|대)? ?기자|특파원|논설위원|통신원|에디터|리포터|PD)"
)
_PEOPLE = rf"{_NAME}(?: ?[·ㆍ,/] ?{_NAME}| {_NAME}){{0,8}} ?{_ROLE}"
_AUTHORS = rf"(?:[가-힣·()]{{2,15}} ?= ?)?{_PEOPLE}(?: ?[·ㆍ,/ ] ?{_PEOPLE}){{0,4}}"
_TOP_DOMAIN = r"(?:(?:co|or|go|pe|ac|re|ne)\.kr|com|net|org|kr|tv|news|info|biz)"
EMAIL = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._+-]*@(?:(?:[A-Za-z0-9-]+\.){{1,3}}?{_TOP_DOMAIN})?")

DATELINE = re.compile(
    r"(?:\( ?[^()\n=]{1,30}=[^()\n=]{1,25}\)|【 ?[^【】\n=]{1,30}=[^【】\n=]{1,25}】"
    r"|\[ ?[^\[\]\n=]{1,30}=[^\[\]\n=]{1,25}\])"
    rf"(?: *(?:[가-힣A-Za-z·ㆍ,/ ]{{2,60}}?{_ROLE})? ?=(?: |$))"
)
"""A place, an agency and the reporters before "=", the form of the news agencies."""

_BRACKET = re.compile(
    rf"[\[【<＜](?! ?앵커)[^\[\]【】<>＜＞\n]{{0,60}}?(?:{_ROLE}|{_ROLE}[ /]*{EMAIL.pattern}) ?[\]】>＞]"
    rf"|\[[^\[\]\n]{{0,30}}글 ?: ?{_NAME}[^\[\]\n]{{0,30}}\]"
    rf"|[\[<] ?[^\[\]<>()\n]{{0,30}}?{EMAIL.pattern} ?[\]>](?![가-힣])"
    rf"|\([^()\n=]{{2,15}}=[^()\n]{{2,20}}?{_ROLE}\)"
)
_AFTER_SENTENCE = re.compile(
    rf"(?<=[다요죠]\.) *[/·]? ?(?:[가-힣A-Za-z]{{2,10}} )?{_AUTHORS}(?= *(?:$|\n|[\[<▶☞★※ⓒ©＜]))"
)
_SIGN_OFF = re.compile(
    rf"(?:(?<=[.?!\]]) {{0,3}}|^)(?:[가-힣]{{2,12}}에서,? )?[A-Z가-힣]{{0,4}}[A-Z]{{2,5}}[가-힣]{{0,2}} ?(?:뉴스 )?"
    rf"{_NAME}(?:\[[^\]\n]*\])?(?:입니다|이었습니다|였습니다)\.",
    re.MULTILINE,
)
_LEFT = re.compile(
    rf"(?:^|(?<=[.!?\"”’)\]>…다])|(?<=\s))[/·(\[<▲■ ]*(?:글[·/ ]*사진 )?(?:{_AUTHORS}|{_NAME}(?= ?\())?[ /·,(\[<]*$"
)
_RIGHT_AUTHORS = re.compile(rf"[)\]> /,]*(?:{_AUTHORS})?[)\]>]*")
_SENTENCE_END = re.compile(r"(?:^|[.!?\"”’)\]>…\n])[ /·(\[<]*$")
_TAIL = 600
"""How far from the end of a text a reporter's name without an address is looked for, in characters."""

_SIGNS = ("기자", "@", "특파원", "논설위원", "통신원", "에디터", "리포터", "PD", "글:", "글 :", "영상")
_CLOSING_NAME = re.compile(r"(?<=[다요]\. )[가-힣]{3}$")
_NAME_RE = re.compile(_NAME)
_PARTICLE = re.compile(
    r"(?:으?로|에서?|[을를은는이가와과의도]|이며|입니다|이다|까지|부터)(?![가-힣])|[)\]] ?(?:으?로|에|[을를은는이가])"
)
_AUTHORS_RE = re.compile(_AUTHORS)
_LEAD = re.compile(
    rf"(?:{_BRACKET.pattern}|[\[(<【][^\[\]()<>【】\n]{{2,15}}[\])>】])? *{DATELINE.pattern}|{_BRACKET.pattern}"
)
_CREW = re.compile(
    r"(?:영상|촬영|취재|편집|그래픽|CG|VJ|사진|구성|작가|글|화면)[가-힣 ]{0,6} ?: ?[^:()\n]*(?=[:()\n,]|$)"
)
_AGENCY_LEAD = re.compile(r"[(【\[][^()【】\[\]\n=]{1,20}=[^()【】\[\]\n=]{0,12}(?:연합뉴스|뉴시스|뉴스1)[)】\]]")
_REST = re.compile(r"[\W_]+|글|사진|영상|취재|편집|그래픽")


def break_around(text: str) -> str:
    """Return the text with each byline on a line of its own, datelines at the start of theirs."""
    if "=" in text:
        text = DATELINE.sub(r"\n\g<0>", text)
    if any(sign in text for sign in _SIGNS):
        text = _BRACKET.sub(r"\n\g<0>\n", text)
        head, tail = text[:-_TAIL], text[-_TAIL:]
        text = head + _AFTER_SENTENCE.sub(r"\n\g<0>\n", tail)
    if "입니다." in text:
        text = _SIGN_OFF.sub(r"\n\g<0>\n", text)
    return _break_around_addresses(text) if "@" in text else text


def _break_around_addresses(text: str) -> str:
    pieces, done = [], 0
    for found in EMAIL.finditer(text):
        before = text[max(done, found.start() - 60) : found.start()].rpartition("\n")[2]
        left = _LEFT.search(before)
        right = _RIGHT_AUTHORS.match(text, found.end())
        end = right.end() if right else found.end()
        named = (left and left[0].strip(" /·(<[▲■,")) or (right and _AUTHORS_RE.search(right[0]))
        particle = _PARTICLE.match(text, end) and not named
        closing = end == len(text) or text[end] == "\n"
        if found.start() < done or particle or not (named or closing or _SENTENCE_END.search(before)):
            continue
        if left is None:
            continue
        start = found.start() - (len(before) - left.start())
        pieces.append(text[done:start] + "\n" + text[start:end] + "\n")
        done = end
    return "".join(pieces) + text[done:]


def split_lead(line: str) -> tuple[str, str]:
    """Return the byline a line starts with, "" where it has none, and the rest of the line."""
    found = _LEAD.match(line) or _AGENCY_LEAD.match(line)
    return (found[0], line[found.end() :].lstrip()) if found else ("", line)


def is_byline(line: str) -> bool:
    """Say whether a line holds nothing but reporters, their addresses and their paper."""
    if "다." in line:
        return _SIGN_OFF.fullmatch(line) is not None
    if len(line) > 150 or not any(sign in line for sign in _SIGNS):
        return False
    rest, addresses = EMAIL.subn("", line)
    rest, crew = _CREW.subn("", rest)
    rest, authors = _AUTHORS_RE.subn("", rest)
    return bool(addresses or authors or crew) and len(_REST.sub("", rest)) <= 8


def closing_name(line: str) -> str:
    """Return the bare name of three syllables that a line ends in after its last sentence, "" for none."""
    found = _CLOSING_NAME.search(line)
    return found[0] if found else ""


def is_name(line: str) -> bool:
    """Say whether a line could be a reporter's bare name: two to four syllables."""
    return _NAME_RE.fullmatch(line) is not None
