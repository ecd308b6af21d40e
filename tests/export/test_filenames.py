"""File names for any text: each system takes them, none are taken for one another, order does not matter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.filenames import LONGEST, file_names
from tests.export.hostile import HOSTILE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("카카오", "카카오"),
        ('AC/DC: "라이브"?', "AC-DC- -라이브--"),
        ("[단독] #1 a|b^c%d", "-단독- -1 a-b-c-d"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("nul.txt. ", "_nul.txt"),
        ("COM1", "_COM1"),
        ("", "_"),
        ("...", "_"),
        ("줄\n바꿈\x00끝", "줄 바꿈 끝"),
        ("가" * 300, "가" * 40),
        ("\ud800", "\ufffd"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
    ],
)
def test_a_name_is_what_every_system_takes(name: str, expected: str) -> None:
    assert file_names([("e1", name)]) == {"e1": expected}


def test_names_that_differ_by_case_or_form_alone_get_their_ids() -> None:
    names = [("e1", "KT"), ("e2", "kt"), ("e3", "ＫＴ"), ("e4", "kt (e1)"), ("e5", "a/b"), ("e6", "a:b"), ("e7", "LG")]
    assert file_names(names) == {
        "e1": "KT (e1 2)",
        "e2": "kt (e2)",
        "e3": "ＫＴ (e3)",
        "e4": "kt (e1)",
        "e5": "a-b (e5)",
        "e6": "a-b (e6)",
        "e7": "LG",
    }


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=8) | st.sampled_from([*HOSTILE, "가" * 99]), max_size=12))
def test_no_two_are_one_file_whatever_the_order(names: dict[str, str]) -> None:
    found = file_names(names.items())
    assert found == file_names(reversed(names.items()))
    assert found.keys() == names.keys()
    folded = {unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()) for name in found.values()}
    assert len(folded) == len(names)
    assert all(0 < len(name.encode()) <= LONGEST + 1 for name in found.values())
    assert not any(set(name) & set('\\/:*?"<>|#^[]\n') or name != name.strip(" .") for name in found.values())
