// What the page says, in Korean and English; the names of types come with the data.
const WORDS = {
  ko: {
    switch: "English", theme: "밝기 바꾸기", menu: "범례", search: "이름 검색 (초성도 가능: ㅋㅋㅇ)", none: "찾는 이름이 없습니다",
    counts: (n, e, a) => `개체 ${n} · 관계 ${e} · 기사 ${a}`,
    types: "개체 유형", statuses: "상태", relations: "관계", all: "모두 켜기", nothing: "모두 끄기",
    showing: (n, m, e, f) => `개체 ${m}개 중 ${n}개, 관계 ${f}개 중 ${e}개 표시`, gesture: "두\u00a0번\u00a0누르면\u00a0이웃이\u00a0펼쳐집니다", empty: "표시할 개체가 없습니다",
    zoomIn: "확대", zoomOut: "축소", fit: "전체 보기", close: "닫기", graph: "지식 그래프.", graphKey: "사선(/) 키로 검색합니다.",
    figures: (a, m) => `기사 ${a}건에서 ${m}번 언급`, facts: "사실", articles: "기사", proof: (n) => `근거 ${n}`, evidence: "근거 문장", together: (n) => `두 개체의 관계 ${n}`, place: (a, b) => `기사 원문의 ${a}~${b}번째 글자`,
    date: "시점", role: "역할", deal: "거래 내용", confidence: "신뢰도", sources: "기사", count: (n) => `${n}건`, independent: (n) => `독립 출처 ${n}`, copyOf: (title) => `‘${title}’ 기사와 같은 내용`, speaker: "말한 이",
    extractor: "추출기", others: "같은 두 개체의 다른 관계", untitled: "제목 없는 기사", noFacts: "기사에서 찾은 관계가 없습니다", until: "~",
    degree: (n) => `이웃 ${n}`, elsewhere: "다른 곳의 식별자", lonely: "관계 없는 개체",
  },
  en: {
    switch: "한국어", theme: "Light or dark", menu: "Legend", search: "Search names (initials too: ㅋㅋㅇ)", none: "No such name",
    counts: (n, e, a) => `${n} ${n === "1" ? "entity" : "entities"} · ${e} ${e === "1" ? "relation" : "relations"} · ${a} ${a === "1" ? "article" : "articles"}`,
    types: "Entity types", statuses: "Status", relations: "Relations", all: "all on", nothing: "all off",
    showing: (n, m, e, f) => `Showing ${n} of ${m} entities, ${e} of ${f} relations`, gesture: "double-click\u00a0to\u00a0open\u00a0neighbours", empty: "No entity to show",
    zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Show all", close: "Close", graph: "Knowledge graph.", graphKey: "Press slash to search.",
    figures: (a, m) => `${m} ${m === "1" ? "mention" : "mentions"} in ${a} ${a === "1" ? "article" : "articles"}`, facts: "Facts", articles: "Articles", proof: (n) => `evidence ${n}`, evidence: "Evidence", together: (n) => `${n} ${n === "1" ? "relation" : "relations"} of these two`, place: (a, b) => `Characters ${a} to ${b} of the article`,
    date: "Date", role: "Role", deal: "Deal", confidence: "Confidence", sources: "Articles", count: (n) => `${n}`, independent: (n) => `${n} independent ${n === "1" ? "source" : "sources"}`, copyOf: (title) => `Same text as ‘${title}’`, speaker: "Speaker",
    extractor: "Extractor", others: "Other relations of these two", untitled: "Untitled article", noFacts: "No relation found in the articles", until: "to",
    degree: (n) => `${n} ${n === "1" ? "neighbour" : "neighbours"}`, elsewhere: "Elsewhere", lonely: "without relations",
  },
};
