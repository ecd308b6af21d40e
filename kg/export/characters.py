"""Text as the forms can carry it: what an encoding or a markup has no place for becomes U+FFFD."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry, not even escaped (section 2.2)."""
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
"""Reading XML makes a space of each line break and tab in an attribute, and a line break of a carriage return, unless
escaped."""


def utf8_text(value: str) -> str:
    """Return text that UTF-8 carries: a lone surrogate becomes U+FFFD."""
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)


def xml_text(value: str) -> str:
    """Return text that XML carries, not yet escaped."""
    return _NOT_XML.sub("\ufffd", value)


def xml_content(value: str) -> str:
    """Return text as the content of an XML element."""
    return xml_text(value).translate(_CONTENT)


def xml_attribute(value: str) -> str:
    """Return text as the value of an XML attribute in double quotes."""
    return xml_text(value).translate(_ATTRIBUTE)


def one_line(value: str) -> str:
    """Return text with each run of white space and control characters as one space."""
    if value.isprintable() and "  " not in value and not value.startswith(" ") and not value.endswith(" "):
        return value  # nearly always so, and quicker than to look at each character
    return _BLANK.sub(" ", value).strip(" ")
