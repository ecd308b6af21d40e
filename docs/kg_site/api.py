"""The reference of the Python names, made of their signatures and docstrings."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from dataclasses import is_dataclass
from importlib import import_module
from types import FunctionType
from typing import Any

import kg

FURTHER = ("graph.conflicts:Conflict", "graph.difference:Difference", "graph.ranking:Ranked", "run.stores:Added")
"""Records that methods of the public names return, and that are not public names themselves."""
LARGE = ("KnowledgeGraph", "Store")
"""Classes with a page of their own."""
INSTANCES = {"KnowledgeGraph": "graph"}
"""What an instance is called in examples, where that is not the class in small letters."""


def groups() -> dict[str, list[str]]:
    """Return the public names by page: functions, the classes, records and errors; each on one page."""
    objects = {name: getattr(kg, name) for name in kg.__all__}
    errors = [n for n, o in objects.items() if isinstance(o, type) and issubclass(o, Exception)]
    records = [n for n, o in objects.items() if isinstance(o, type) and n not in (*errors, *LARGE)]
    return {
        "functions": [n for n, o in objects.items() if n not in (*errors, *records, *LARGE)],
        **{name.lower(): [name] for name in LARGE},
        "records": records,
        "errors": errors,
    }


TITLES = {
    "functions": "Functions",
    "knowledgegraph": "KnowledgeGraph",
    "store": "Store",
    "records": "Records",
    "errors": "Errors",
}
INTRODUCTIONS = {
    "functions": "What `import kg` gives to begin with. Nothing heavy is loaded before it is called.",
    "records": "What functions and methods return: frozen dataclasses, built on the standard library alone.",
    "errors": "Every error raised on purpose descends from `kg.KgError`, names what it is about and says what to do.",
}


def page(group: str) -> str:
    """Return one page of the reference in Markdown."""
    names = groups()[group]
    parts = [f"# {TITLES[group]}", INTRODUCTIONS.get(group, "")]
    parts += [_entry(f"kg.{name}", getattr(kg, name), name) for name in names]
    if group == "records":
        parts.append("## Returned by methods")
        for spec in FURTHER:
            module, _, name = spec.partition(":")
            found = getattr(import_module(f"kg.{module}"), name)
            parts.append(_entry(f"kg.{module}.{name}", found, name, level=3))
    return "\n\n".join(part for part in parts if part) + "\n"


def anchor(name: str) -> str:
    """Return the id of the heading of a public name; Markdown takes underscores around one for its own."""
    return name.strip("_")


def methods(cls: type) -> dict[str, Any]:
    """Return the public methods and properties of a class, inherited ones too, in the order they are written."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.partition(".")[0] == "kg":
            for name, member in vars(base).items():
                if not name.startswith("_") and isinstance(
                    member, FunctionType | property | classmethod | staticmethod
                ):
                    found.pop(name, None)
                    found[name] = member
    return found


def _entry(title: str, found: Any, name: str, level: int = 2) -> str:
    mark = "#" * level
    if name == "__version__":
        return f"{mark} kg.\\_\\_version\\_\\_ {{ #{anchor(name)} }}\n\nThe version of the package, as text."
    if isinstance(found, FunctionType):
        return f"{mark} {title} {{ #{name} }}\n\n{_code(_signature(name, found))}\n\n{_text(found)}"
    lines = [f"{mark} {title} {{ #{name} }}", _text(found)]
    if is_dataclass(found) or (issubclass(found, object) and hasattr(found, "model_fields")):
        lines += [_fields(found)]
    members = {} if issubclass(found, Exception) else methods(found)
    if name in LARGE:
        lines.append(_code(f"class {name}{_parameters(found.__init__, name)}"))
    for member, value in members.items():
        lines.append(_member(name, member, value, level + 1))
    return "\n\n".join(line for line in lines if line)


def _member(owner: str, name: str, value: Any, level: int) -> str:
    heading = f"{'#' * level} {name} {{ #{owner}.{name} }}"
    function: Any = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    if isinstance(value, property):
        shown = f"{INSTANCES.get(owner, owner.lower())}.{name}: {_plain(inspect.signature(function).return_annotation)}"
    else:
        prefix = f"{owner}." if isinstance(value, classmethod) else ""
        shown = _signature(f"{prefix}{name}", function, method=True)
    return f"{heading}\n\n{_code(shown)}\n\n{_text(function)}"


def _signature(name: str, function: Any, method: bool = False) -> str:
    returned = inspect.signature(inspect.unwrap(function)).return_annotation
    shown = "" if returned is inspect.Signature.empty else f" -> {_plain(returned)}"
    return f"{_parameters(function, name, method)}{shown}"


def _parameters(function: Any, name: str, method: bool = True) -> str:
    signature = inspect.signature(inspect.unwrap(function))
    given = list(signature.parameters.values())[1 if method else 0 :]
    pieces, starred = [], False
    for parameter in given:
        if parameter.kind is parameter.VAR_POSITIONAL:
            starred = True
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            pieces.append("*")
            starred = True
        pieces.append(str(parameter.replace(annotation=_Shown(_plain(parameter.annotation)))))
    lead = "" if name in LARGE else name
    line = f"{lead}({', '.join(pieces)})"
    if len(line) < 88:
        return line
    return f"{lead}(\n" + "".join(f"    {piece},\n" for piece in pieces) + ")"


class _Shown(str):
    """An annotation whose repr is its text, as inspect shows parameters."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _plain(annotation: Any) -> Any:
    if annotation is inspect.Signature.empty:
        return annotation
    return str(annotation) if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _fields(cls: type) -> str:
    """Return the fields of a record with the text that stands below some of them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    rows = ["| field | type | |", "|---|---|---|"]
    for here, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(here, ast.AnnAssign) and isinstance(here.target, ast.Name):
            told = after.value if isinstance(after, ast.Expr) else None
            text = " ".join(str(told.value).split()) if isinstance(told, ast.Constant) else ""
            kind = ast.unparse(here.annotation).replace("|", "\\|")
            rows.append(f"| `{here.target.id}` | `{kind}` | {text} |")
    return "\n".join(rows) if len(rows) > 2 else ""


def _code(text: str) -> str:
    return f"```python\n{text}\n```"


def _text(found: Any) -> str:
    """Return a docstring as Markdown; its words in angle brackets stay as they are."""
    text = inspect.getdoc(found) or ""
    return re.sub(r"<(?=\w)", "&lt;", text)
