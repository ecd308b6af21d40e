"""What the spaCy components hand to one another on a Doc, as records of kg.model.

`doc._.document` is the Document being enriched (its date resolves "26일"); `doc._.mentions` come from
kg_names, `doc._.entities` (and the mentions' entity ids) from kg_coreference, which leaves the mentions it was
given in `doc._.names`, `doc._.relations` from kg_relations. `doc._.morphemes` comes from the tokenizer.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

EXTENSIONS: dict[str, Any] = {"document": None, "mentions": [], "names": [], "entities": [], "relations": []}

for _name, _default in EXTENSIONS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def text_of(doc: Doc) -> str:
    """Return the text of a Doc; that of its Document where it has one, since spaCy puts its own together each time."""
    return doc._.document.text if doc._.document is not None else doc.text
