"""What surrounds an article on a page: menus, share buttons, copyright notices and promotions."""

from __future__ import annotations

import re

_SIGN = r"(?:저작권자? ?[ⓒ©(]|[ⓒ©]|Copyrights? ?(?:[ⓒ©(]|by ))"
_NOTICE = re.compile(
    r"무단 ?(?:전재|복제|배포|사용)[ ,·/&.\-]*(?:및 ?|변형, ?)*(?:무단 ?)?(?:재?배포|전재|복제|활용)?(?:를|을)? ?금지"
    r"|재배포 ?금지|AI ?학습[^.]{0,15}금지|저작권자? ?[ⓒ©(]|Copyrights? ?(?:[ⓒ©(]|by )|All [Rr]ights [Rr]eserved"
    r"|디지털뉴스 ?이용규칙"
)
_SIGNED = re.compile(r"\W*[ⓒ©]")
_NOTICE_START = re.compile(rf"(?![ⓒ©] ?[^\n]{{1,12}}$)(?:[\[<(＜【\-–※▶☞] ?)*{_SIGN}", re.MULTILINE)
_PROMOTION = re.compile(
    r"바로 ?가기|구독|페이스북|트위터"
    r"|카카오|인스타그램|유튜브|네이버|뉴스레터|뉴스 ?스탠드"
    r"|핫 ?클릭|핫 ?뉴스|핫 ?포토|핫 ?영상"
    r"|현장영상|통통영상|카드 ?뉴스|만화|다운 ?받기|앱 |제보|이벤트|무료|SNS|관련 ?기사|관계 ?기사|운세|모바일"
)
_TAGGED = re.compile(r"[▶☞★►▷※☎] ?\[[^\]]{1,10}\]|\[☞")
_BULLET = re.compile(r"[▶☞★►▷※☎]|\[☞")
_PROMOTION_START = re.compile(r"[▶☞★►](?<!◀ 앵커 ▶)(?<!◀ 리포트 ▶)(?<!◀ 기자 ▶)(?<!▶▶)(?<!\[[☞▶])")
_SENTENCE = re.compile(r"[가-힣]다\.")
_SPOKEN = re.compile(r"[▶▷] ?(?:인터뷰|스탠딩|녹취|현장음|[가-힣]{2,4}[ /][^:]{0,25}:)")
_CONTACT = re.compile(r"\((?:제보|기사 ?문의)\)|기사 ?제보|고충처리인")
_BRACKETS = re.compile(r"(?:[\[<][^\[\]<>]{1,40}[\]>][ |·]*)+")
_LINKS = re.compile(r"(?:\[[^\[\]\n]{2,60}\][ |·]*){2,}$", re.MULTILINE)
_LABEL = re.compile(
    r"(?:[\[<【＜] ?|◀ ?)(?:앵커|앵커 ?멘트|앵커 ?리포트|기자|기자 ?멘트|리포트|녹취"
    r"|현장음|VCR|뉴스데스크|뉴스투데이)(?: ?[\]>】＞]| ?▶)|본문 이미지 영역"
)
_STRONG_MENU = re.compile(
    r"메뉴|전체메뉴|로그인|로그아웃|회원가입|마이페이지|검색|검색하기|공유|공유하기|스크랩|인쇄|인쇄하기|"
    r"프린트|목록|목록으로|글자크기|글씨크기|구독|구독하기|북마크|댓글|댓글쓰기|답글|신고|신고하기|좋아요|"
    r"싫어요|추천|추천하기|이전글|다음글|URL복사|맨위로|닫기|더보기|본문듣기|기사듣기|뉴스홈|사이트맵|"
    r"통합검색|전체보기|지면보기|뉴스레터|기사제보|PDF보기|고객센터|RSS|페이스북|트위터|카카오톡|카카오스토리|밴드|라인|네이버블로그|이메일|메일|Facebook|"
    r"Twitter|X|KakaoTalk|Band|가|가가|가\+|가\-|복사|URL|크게|작게|보내기|음성재생|설정"
)
_WEAK_MENU = re.compile(
    r"홈|Home|HOME|뉴스|정치|경제|사회|국제|세계|문화|연예|스포츠|오피니언|사설|칼럼|전국|지역|금융|증권|"
    r"부동산|산업|IT|과학|IT/과학|생활|생활/문화|라이프|건강|교육|여행|포토|영상|동영상|북한|날씨|랭킹|"
    r"속보|전체|최신|종합|기사|이슈|테크|피플|유통|패션|유통·패션|머니|재테크|비즈|비즈홈|기업|스타트업|자동차|게임|바이오|중기"
)
_MENU_LINE = re.compile(
    r"(?:메뉴|본문|주메뉴|내용|검색|콘텐츠)(?:으로|로)? ?(?:건너 ?뛰기|바로 ?가기)|(?:위|아래|맨 ?위|상단)로(?: 이동)?"
    r"|(?:글자|글씨|폰트) ?크기(?: ?(?:조절|변경|설정|크게|작게))?"
    r"|(?:주소|URL|링크) ?복사(?:하기)?|(?:이 )?기사(?:를)? 공유(?:하기|합니다)?"
    r"|(?:좋아요|싫어요|추천|비추천|댓글|조회(?:수)?|공감|비공감|화나요"
    r"|슬퍼요|스크랩|공유)(?: ?수)?[ :(]*\d[\d,]*\)?(?:개|회|명|건)?"
    r"|(?:본 )?기사 ?(?:본문|내용) ?(?:보기|영역)?|본문 이미지 영역|(?:이전|다음) ?(?:기사|글)(?: ?보기)?"
    r"|원본 ?보기|기사 ?원문(?: ?보기)?"
    r"|의견을 남겨주세요\.?|댓글을 (?:남겨|입력해) ?주세요\.?|로그인 후 .{0,20}있습니다\.?|첨부 ?파일.{0,30}|https?://\S+"
)
_BRACKETED_NOTICE = re.compile(
    r"[\[<＜(][^\[\]<>＜＞\n]{0,80}(?:무단 ?전재|무단 ?복제|재배포|배포 ?금지)[^\[\]<>＜＞\n]{0,30}[\]>＞]"
)
_MARKS = re.compile(r"[ⓒ©▶☞@]|무단 ?전재|재배포|저작권자")
_TAIL = 600
"""How far from the end of a text its copyright notice starts, in characters."""

_TOKENS = re.compile(r"[ \t|>›»·,/]+")


def break_before(text: str) -> str:
    """Return the text with labels of speakers, promotions and closing notices on lines of their own."""
    text = _LABEL.sub("\n", text)
    text = _PROMOTION_START.sub(r"\n\g<0>", text)
    if "금지" in text:
        text = _BRACKETED_NOTICE.sub(r"\n\g<0>\n", text)
    if "][" in text or "] [" in text:
        text = _LINKS.sub(r"\n\g<0>", text)
    head, tail = text[:-_TAIL], text[-_TAIL:]
    if any(sign in tail for sign in ("ⓒ", "©", "저작권", "Copyright")):
        tail = _NOTICE_START.sub(r"\n\g<0>", tail)
    return head + tail


def is_marked(text: str) -> bool:
    """Say whether a text has a sign that hardly ever stands in prose: a copyright sign, a bullet, an "@"."""
    return _MARKS.search(text) is not None


def is_menu(line: str) -> bool:
    """Say whether a line is navigation, a share button or a count: every word of it is a menu word."""
    if len(line) > 120:
        return False
    if _MENU_LINE.fullmatch(line):
        return True
    words = [w for w in _TOKENS.split(line) if w]
    strong = [_STRONG_MENU.fullmatch(w) is not None for w in words]
    if _is_trail(line, words):
        return True
    if not words or not all(known or _WEAK_MENU.fullmatch(w) for w, known in zip(words, strong, strict=True)):
        return False
    return len(words) >= 3 or any(strong) or (len(words) == 2 and words[0] in ("홈", "뉴스"))


def _is_trail(line: str, words: list[str]) -> bool:
    """Say whether a line is a row of sections: short words between bars or arrows, a third of them menu words."""
    marks = sum(line.count(mark) for mark in "|>›»")
    known = sum(bool(_STRONG_MENU.fullmatch(w) or _WEAK_MENU.fullmatch(w)) for w in words)
    return marks >= 2 and len(line) <= 80 and max(map(len, words), default=9) <= 8 and 3 * known >= len(words)


def is_notice(line: str) -> bool:
    """Say whether a line is a copyright notice of at most 250 characters: it starts as one or is no sentence."""
    if len(line) > 250:
        return False
    if _SENTENCE.search(line):
        return _NOTICE_START.match(line) is not None and _NOTICE.search(line) is not None
    return _NOTICE.search(line) is not None or _SIGNED.match(line) is not None


def is_promotion(line: str) -> bool:
    """Say whether a line is unmistakably a promotion: a bullet and a word of promotion, or links alone."""
    if len(line) > 200 or _SPOKEN.match(line) or (len(line) > 60 and _SENTENCE.search(line)):
        return False
    if _CONTACT.search(line) and not _SENTENCE.search(line):
        return True
    promoted = _PROMOTION.search(line) is not None and (_BULLET.match(line) or _BRACKETS.fullmatch(line))
    return bool(promoted or _TAGGED.match(line))


def is_bulleted(line: str) -> bool:
    """Say whether a line starts with a mark that promotions share with lists in articles, or is all links."""
    if _SPOKEN.match(line) or _SENTENCE.search(line):
        return False
    return len(line) <= 150 and (_BULLET.match(line) or _LINKS.fullmatch(line)) is not None
