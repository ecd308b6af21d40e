"""What each class, status and property of our own vocabulary means, in Korean and English, for the ontology."""

from __future__ import annotations

COMMENTS = {
    "Entity": (
        "뉴스에 나오는 조직, 사람, 장소, 제품. 기사마다 다른 이름도 하나로 묶는다.",
        "An organization, person, place or product in the news, whatever name an article gives it.",
    ),
    "Evidence": ("관계를 말하는 문장 하나.", "One sentence of an article that states a relation."),
    "Status": (
        "기사가 관계를 사실로 말하는지, 예정, 가능성, 부인, 종료로 말하는지.",
        "Whether articles state a relation as a fact, a plan, a possibility, a denial or as ended.",
    ),
    "actual": ("사실로 말한다.", "Stated as a fact."),
    "planned": ("하기로 했다고 말한다.", "Stated as decided or intended, not yet done."),
    "possible": ("검토하거나 추측하는 것으로 말한다.", "Stated as considered, rumoured or expected."),
    "denied": ("아니라고 말한다.", "Stated not to be so."),
    "ended": ("전에는 그랬으나 끝났다고 말한다.", "Stated to have been so and to be over."),
    "mentions": ("모든 기사에서 언급된 횟수.", "How often all articles together mention it."),
    "articles": (
        "개체를 언급하거나 관계를 말하는 기사의 수.",
        "In how many articles the entity is named, or how many state the relation.",
    ),
    "mentionedIn": ("개체를 언급하는 기사.", "An article that names the entity."),
    "otherId": (
        "공개된 속성이 없는 다른 식별자를 CURIE로 적은 것.",
        "An identifier elsewhere that has no public property of its own, as a CURIE.",
    ),
    "sources": (
        "서로 베끼지 않은 출처의 수. 베낀 기사와 한 언론사의 기사는 하나로 센다.",
        "How many independent sources state it: copies and articles of one publisher are one.",
    ),
    "status": (
        "관계가 사실인지 예정인지, 어떻게 말해지는지.",
        "How the relation is stated; only an actual one has a direct triple too.",
    ),
    "date": (
        "일이 있었거나 있을 때, 아는 만큼만. 관계에서는 근거 가운데 가장 이른 것.",
        "When it happened or will, as precise as it is known; of a relation the first of its evidence.",
    ),
    "lastDate": ("근거 가운데 가장 늦은 때.", "The last date of the relation's evidence."),
    "role": ("직위나 맡은 일을 기사에 쓰인 대로.", "The post or part, as written."),
    "amount": ("거래 금액을 기사에 쓰인 대로.", "The sum of a deal, as written."),
    "value": ("거래 금액을 통화의 단위로 센 수.", "The sum of a deal in whole units of its currency."),
    "currency": ("거래 금액의 통화, ISO 4217.", "The currency of the sum, ISO 4217."),
    "stake": ("거래하거나 가진 지분, 퍼센트.", "The share bought, sold or held, in percent."),
    "round": ("투자 단계를 기사에 쓰인 대로.", "The funding round, as written."),
    "item": ("사거나 공급하거나 값을 치른 것.", "What is bought, supplied or paid for."),
    "confidence": (
        "기사가 그렇게 말할 확률, 0에서 1.",
        "The probability that the article states it, 0 to 1; of a relation that of its best evidence.",
    ),
    "evidence": ("관계를 말하는 문장.", "A sentence that states the relation."),
    "cueStart": (
        "관계를 말하는 말이 시작하는 곳, 기사 글의 유니코드 코드 포인트로.",
        "Where the words that state the relation begin, in Unicode code points of the article's text.",
    ),
    "cueEnd": (
        "관계를 말하는 말이 끝나는 곳, 기사 글의 유니코드 코드 포인트로.",
        "Where the words that state the relation end, in Unicode code points of the article's text.",
    ),
    "speaker": ("인용문이면 그 말을 한 이.", "Who says it, where it is a quotation."),
    "extractor": ("문장에서 관계를 찾은 프로그램과 판.", "The software that found it, and its version."),
    "sha256": (
        "기사 글의 UTF-8 바이트의 SHA-256.",
        "SHA-256 of the UTF-8 bytes of the article's text: title, newline, body; NFC.",
    ),
    "address": (
        "기사 주소를 받은 그대로, schema:url과 다를 때만.",
        "The article's address as given, where schema:url differs.",
    ),
    "schemaHash": ("그래프를 만든 스키마의 해시.", "Hash of the schema that the graph was made with."),
}
"""Korean and English by local name."""
