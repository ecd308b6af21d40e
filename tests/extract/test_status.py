from __future__ import annotations

import pytest

from tests.extract.parsing import triples_of

NAMES = {"쏘카": "Organization", "우버": "Organization"}

STATED = [
    ("쏘카는 우버를 인수했다.", "actual"),
    ("쏘카는 우버를 인수하기로 했다.", "planned"),
    ("쏘카는 우버를 인수할 예정이다.", "planned"),
    ("쏘카는 우버를 인수한다.", "planned"),
    ("쏘카가 우버 인수를 추진한다.", "planned"),
    ("쏘카는 우버를 인수하겠다고 밝혔다.", "planned"),
    ("쏘카가 우버를 인수할 수 있다.", "possible"),
    ("쏘카가 우버를 인수할 가능성이 있다.", "possible"),
    ("쏘카는 우버 인수를 검토 중이다.", "possible"),
    ("쏘카가 우버를 인수할 것으로 전망된다.", "possible"),
    ("쏘카는 우버를 인수하는 방안을 검토하고 있다.", "possible"),
    ("쏘카는 우버를 인수하지 않았다.", "denied"),
    ("쏘카는 우버를 인수했다는 보도를 부인했다.", "denied"),
    ("쏘카의 우버 인수가 무산됐다.", "denied"),
    ("쏘카는 우버 인수를 철회했다.", "ended"),
    ("쏘카가 우버를 인수한 것으로 확인됐다.", "actual"),
    ("쏘카는 우버를 인수하고 이름을 바꿨다.", "actual"),
    ("쏘카는 우버를 인수하고 이름을 바꿀 예정이다.", "planned"),
]

NOT_STATED = [
    "쏘카가 우버를 인수할까?",
    "쏘카가 우버를 인수하면 시장이 달라진다.",
    "쏘카는 우버를 인수하기 위해 돈을 모았다.",
    "쏘카는 우버를 인수해야 한다.",
]


@pytest.mark.parametrize(("text", "status"), STATED)
def test_status(text: str, status: str) -> None:
    assert triples_of(text, NAMES) == [("acquires", "쏘카", "우버", status)]


@pytest.mark.parametrize("text", NOT_STATED)
def test_questions_conditions_purposes_and_duties_state_nothing(text: str) -> None:
    assert triples_of(text, NAMES) == []
