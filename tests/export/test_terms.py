from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.export import terms

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("value", "expected"), [(1.0, "1"), (0.9, "0.9"), (0.0, "0"), (-0.0, "0"), (1e-7, "0.0000001"), (0.93, "0.93")]
)
def test_decimals_are_canonical(value: float, expected: str) -> None:
    assert terms.decimal(value) == f'"{expected}"^^<{XSD}decimal>'


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2025", "gYear"),
        ("2025-02", "gYearMonth"),
        ("2025-05-26", "date"),
        ("2025-05-26T09:00:00+09:00", "dateTime"),
    ],
)
def test_dates_keep_their_precision(value: str, datatype: str) -> None:
    assert terms.date(value) == f'"{value}"^^<{XSD}{datatype}>'


@pytest.mark.parametrize("value", ["2025-02-30", "2025-13", "25", "지난달", "2025-05-26T99:00"])
def test_what_is_no_date_stays_text(value: str) -> None:
    assert terms.date(value) == f'"{value}"'


@pytest.mark.parametrize(
    ("value", "tag"),
    [("오픈AI", "ko"), ("OpenAI", "en"), ("中國", "ko"), ("2차전지", "ko"), ("3M", "en"), ("1588", "ko")],
)
def test_language_follows_the_script(value: str, tag: str) -> None:
    assert terms.tagged(value) == f'"{value}"@{tag}'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://news.example/a?x=1&y=2#z", "<https://news.example/a?x=1&y=2#z>"),
        ("https://news.example/한", "<https://news.example/%ED%95%9C>"),
        (" https://news.example/a b ", "<https://news.example/a%20b>"),
        ("https://news.example/%zz", "<https://news.example/%25zz>"),
        ("https://news.example/#a#b", "<https://news.example/#a%23b>"),
        ("https://news.example/[1]{2}", "<https://news.example/%5B1%5D%7B2%7D>"),
        ("javascript:alert(1)", f'"javascript:alert(1)"^^<{XSD}anyURI>'),
        ("news.example", f'"news.example"^^<{XSD}anyURI>'),
        ("https://a:b/", f'"https://a:b/"^^<{XSD}anyURI>'),
        ("https://[::1/", f'"https://[::1/"^^<{XSD}anyURI>'),
    ],
)
def test_web_addresses_are_mended_or_kept_as_text(value: str, expected: str) -> None:
    assert terms.url(value) == expected


@given(st.text(), st.text())
@example("\x00\ud800\ufffe", '"\\\n\r\t\x7f\x85')
@example("?q=%&r=\U000f0000", "\U0001f4f0")
def test_any_string_loads_in_rdflib_and_oxigraph(address: str, value: str) -> None:
    link, literal = terms.url(f"https://news.example/{address}"), terms.tagged(value)
    line = f"<http://example.org/s> <http://example.org/p> {link}, {literal} ."
    expected = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    in_rdflib = rdflib.Graph().parse(data=line, format="turtle").objects()
    assert expected in {str(term) for term in in_rdflib}
    quads = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert expected in {quad.object.value for quad in quads}


@given(st.text(), st.text())
def test_identifiers_become_distinct_ascii(one: str, other: str) -> None:
    assert terms.path_segment(one).isascii()
    assert (terms.path_segment(one) == terms.path_segment(other)) == (one == other)


@pytest.mark.parametrize("base", ["", "kg", "https://example.org/kg", "https://exa mple.org/", "https://e/<>/", "//e/"])
def test_refuses_a_base_that_is_no_iri(base: str) -> None:
    with pytest.raises(ExportError, match="no absolute IRI"):
        terms.checked_base(base)
