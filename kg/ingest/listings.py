"""Lists of other headlines: board rows (number, title, writer, date) and "related news" sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATE = (
    r"(?:(?:19|20)?\d{2}[.\-/]\d{1,2}[.\-/]\d{1,2}\.?(?: \d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{1,2}[.\-/]\d{1,2}|\d{1,2}:\d{2}|\d{1,2}(?:분|시간|일|주) 전)"
)
_ROW = re.compile(rf"(?:\[?(?:\d{{1,9}}|공지|HOT|N)\]?[ \t.|]+)?\S.{{3,150}}?[ \t|]+{_DATE}(?:[ \t|]+\d[\d,]*){{0,3}}")
_HEADER_WORD = re.compile(
    "번호|No|NO|no|제목|글쓴이|작성자|글쓴이/작성자|이름|날짜|작성일|등록일|일자|조회수?|추천수?|첨부|분류"
)
_SECTION = re.compile(
    r"[\[<【■▶◆★☞ ]*(?:이 ?시각 |오늘의 |실시간 |지금 |함께 |가장 )*"
    r"(?:관련|인기|추천|최신|주요|주간|많이 ?본|많이 본|볼만한|핫|HOT|베스트|랭킹|다른|이전|다음|헤드라인)[ ·]*"
    r"(?:기사|뉴스|글|콘텐츠|이슈|포토|검색어|키워드)"
    r"(?: ?(?:목록|더 ?보기|TOP ?\d*|베스트|순위|바로가기))?[\]>】■◆★ :]*"
)
_SENTENCE = re.compile(r"[가-힣](?:다|요|죠|까)(?:\.|[?!][\"”’)\]]*$)")

MINIMUM = 3
"""Fewest consecutive dated rows that make a listing where no header announces one."""


def is_prose(line: str) -> bool:
    """Say whether a line reads like the text of an article: 40 characters or more and a whole sentence."""
    return len(line) >= 40 and _SENTENCE.search(line) is not None


def listing_lines(lines: Sequence[str]) -> set[int]:
    """Return the positions of the lines that belong to lists of other headlines.

    A list starts at a header row (번호 제목 글쓴이 날짜), at the title of a section (관련기사, 많이 본 뉴스) or
    with MINIMUM consecutive dated rows; after a header or title it runs until a line of prose.
    """
    found: set[int] = set()
    at = 0
    while at < len(lines):
        start = _opening(lines, at)
        if start > at:
            end = start
            while end < len(lines) and not is_prose(lines[end]):
                end += 1
            found.update(range(at, end))
            at = end
        else:
            end = _rows(lines, at)
            found.update(range(at, end))
            at = max(end, at + 1)
    return found


def _opening(lines: Sequence[str], at: int) -> int:
    """Return the position after a header row, on one line or a cell a line, or a section title."""
    words = lines[at].split()
    if len(words) >= 3 and all(map(_HEADER_WORD.fullmatch, words)):
        return at + 1
    end = at
    while end < len(lines) and _HEADER_WORD.fullmatch(lines[end]):
        end += 1
    if end - at >= 3:
        return end
    return at + 1 if len(words) <= 6 and _SECTION.fullmatch(lines[at]) else at


def _rows(lines: Sequence[str], at: int) -> int:
    """Return the position after a run of dated rows, blank lines inside it, or `at` for none."""
    end, count, last = at, 0, at
    while end < len(lines) and lines[at]:  # not from each of many blank lines anew
        if lines[end] and not (len(lines[end]) < 220 and not is_prose(lines[end]) and _ROW.fullmatch(lines[end])):
            break
        if lines[end]:
            count, last = count + 1, end + 1
        end += 1
    return last if count >= MINIMUM else at
