"""RDF terms as their N-Triples text, in the canonical form that triple stores leave alone.

A term is a string: `<iri>`, `"text"@ko` or `"1"^^<datatype>`. Stores rewrite `007`, `0.90` and
upper-case language tags on loading, so none of these is ever written.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from kg.errors import ExportError

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_INTEGER, _DECIMAL = f"^^<{XSD}integer>", f"^^<{XSD}decimal>"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TAG = re.compile(r"[a-z]{2,3}")
_BASE = re.compile(r'[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\x00-\x20#%]+[/#]')
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_URL_SAFE = "%/:?#@!$&'()*+,;=-._~"


def iri(text: str) -> str:
    """Return an IRI term; the text must be an IRI already."""
    return f"<{text}>"


def checked_base(base: str) -> str:
    """Return the base of the data's IRIs; raises ExportError unless it is absolute and ends in / or #."""
    if not _BASE.fullmatch(base):
        raise ExportError(
            f"base {base!r} is no absolute IRI ending in '/' or '#'; give one like https://example.org/kg/"
        )
    return base


def path_segment(identifier: str) -> str:
    """Return an identifier as ASCII that may end an IRI; different identifiers stay different."""
    if identifier.isascii() and identifier.isalnum():  # most are, and this is quicker
        return identifier
    if identifier in (".", ".."):  # steps of a path, which whoever resolves the IRI would take
        return identifier.replace(".", "%2E")
    return quote(identifier, safe="", errors="surrogatepass")


def from_segment(segment: str) -> str:
    """Return the identifier that `path_segment` made a segment of."""
    return unquote(segment, errors="surrogatepass")


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def text(value: str) -> str:
    """Return a plain string literal; a lone surrogate, which no encoding carries, becomes U+FFFD."""
    if value.isprintable() and '"' not in value and "\\" not in value:  # nearly always so, and quicker than to look
        return f'"{value}"'
    return f'"{_UNSAFE.sub(_escape, value)}"'


def tagged(value: str, language: str | None = None) -> str:
    """Return a literal with a language tag: the one given, else en for Latin letters alone, else ko."""
    if language != "ko" and (language is None or not _TAG.fullmatch(language)):
        language = "ko" if _HANGUL.search(value) or not _LATIN.search(value) else "en"
    return f"{text(value)}@{language}"


def typed(value: str, datatype: str) -> str:
    """Return a literal of an XSD datatype, given by its local name."""
    return f"{text(value)}^^<{XSD}{datatype}>"


def integer(value: int) -> str:
    """Return an xsd:integer literal."""
    return f'"{int(value)}"{_INTEGER}'


@lru_cache(maxsize=4096)
def plain_decimal(value: float) -> str:
    """Return a number without exponent or trailing zeros."""
    plain = repr(float(value))
    if "e" in plain:
        plain = format(Decimal(plain), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


@lru_cache(maxsize=4096)
def decimal(value: float) -> str:
    """Return an xsd:decimal literal without exponent or trailing zeros."""
    return f'"{plain_decimal(value)}"{_DECIMAL}'


@lru_cache(maxsize=4096)
def date(value: str) -> str:
    """Return an ISO 8601 date with the precision it has: gYear, gYearMonth, date or dateTime.

    What is none of these stays a plain string, which the SHACL shapes report.
    """
    if re.fullmatch(r"[12][0-9]{3}", value):
        return typed(value, "gYear")
    if re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", value):
        return typed(value, "gYearMonth")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return typed(datetime.date.fromisoformat(value).isoformat(), "date")
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", value, re.ASCII):
            return typed(datetime.datetime.fromisoformat(value).isoformat(), "dateTime")
    except ValueError:
        pass
    return text(value)


def url(value: str) -> str:
    """Return the IRI of a web address, percent-fixed to ASCII; one beyond mending becomes xsd:anyURI.

    rdflib refuses spaces, quotes, angle brackets and braces in IRIs; Oxigraph also a stray `%` and a second `#`.
    """
    head, hash_sign, fragment = value.strip().partition("#")
    fixed = head + hash_sign + fragment.replace("#", "%23")
    fixed = quote(_STRAY_PERCENT.sub("%25", fixed), safe=_URL_SAFE, errors="replace")
    try:
        parts = urlsplit(fixed)
        parts.port  # noqa: B018 - raises ValueError when the port is no number
        good = parts.scheme in ("http", "https") and re.fullmatch(r"[A-Za-z0-9._-]+(:\d+)?", parts.netloc)
    except ValueError:
        good = None
    return iri(fixed) if good else typed(value, "anyURI")
