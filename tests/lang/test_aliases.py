from __future__ import annotations

from kg.lang.ko.aliases import AliasTable, alias_table
from kg.lang.ko.surnames import same_surname, surname


def test_the_shipped_table_finds_canonical_names() -> None:
    table = alias_table()
    assert table.canonical("OpenAI", "Organization") == ("오픈AI",)
    assert table.canonical("국민의 힘", "Organization") == ("국민의힘",)
    assert table.canonical("한국산업은행", "Organization") == ("한국산업은행",)
    assert table.canonical("KDB", "Organization") == ("한국산업은행",)
    assert table.canonical("KDB", "Person") == ()
    assert table.is_canonical("SK텔레콤", "Organization")
    assert "SKT" in table.aliases("SK텔레콤", "Organization")


def test_an_alias_of_two_names_is_ambiguous() -> None:
    rows = [
        {"canonical": "한빛은행", "alias": "한은", "type": "Organization"},
        {"canonical": "한울은행", "alias": "한은", "type": "Organization"},
    ]
    assert AliasTable(rows).canonical("한은", "Organization") == ("한빛은행", "한울은행")


def test_surnames() -> None:
    assert surname("김하늘") == "김"
    assert surname("남궁민수") == "남궁"
    assert same_surname("尹", "윤")
    assert same_surname("류", "유")
    assert not same_surname("김", "이")
