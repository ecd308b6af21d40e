"""Articles written for tests of training and measuring: bearers of one name, and what each occurrence means."""

from __future__ import annotations

from kg.resolve.training import Occurrence
from tests.samples import Named, document

MAYOR = "김하늘 다솜시장은 {}에 관한 예산안을 다솜시의회에 냈다. 김하늘 시장은 다솜시 버스 노선을 늘리겠다고 밝혔다."
PITCHER = "투수 김하늘은 {}전에 선발 등판해 삼진 열 개를 잡았다. 라온구단의 김하늘은 시즌 7승째다. 타선도 홈런을 쳤다."
GROUP = "한빛그룹은 {} 사업을 계열사에 맡겼다. 한빛그룹 지주회사는 배당을 늘린다."
ELECTRONICS = "한빛전자는 {} 공장에서 반도체를 만든다. 한빛전자 주가는 메모리 값에 따라 올랐다."
PERSON, PLACE, ORG = Named("Person"), Named("Place"), Named("Organization")

ARTICLES = [
    *(
        document(MAYOR.format(topic), {"김하늘": PERSON, "다솜시": PLACE}, id=f"m{at}", date=f"2025-03-0{at + 1}")
        for at, topic in enumerate(("도로", "학교", "공원"))
    ),
    *(
        document(PITCHER.format(rival), {"김하늘": PERSON, "라온구단": ORG}, id=f"p{at}", date=f"2025-03-0{at + 4}")
        for at, rival in enumerate(("가람", "누리", "바다"))
    ),
    *(
        document(GROUP.format(topic), {"한빛그룹": ORG}, id=f"g{at}", date=f"2025-04-0{at + 1}")
        for at, topic in enumerate(("조선", "방산"))
    ),
    *(
        document(ELECTRONICS.format(town), {"한빛전자": ORG}, id=f"e{at}", date=f"2025-04-0{at + 4}")
        for at, town in enumerate(("가온시", "나래시"))
    ),
]
OCCURRENCES = [
    *(Occurrence("T000", article.id[0], article.id, "e0") for article in ARTICLES[:6]),
    *(Occurrence("T001", article.id[0], article.id, "e0") for article in ARTICLES[6:]),
]
"""Each article's first entity: two people of one name, a group and its affiliate."""
