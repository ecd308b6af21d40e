"""The reference of the command line, made of the commands themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

Command = Any
"""A command or group of typer, which has them from click or of its own, as its version goes."""


def commands(group: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    """Yield every command that does something, with its words, in the order of the help."""
    below = getattr(group, "commands", None)
    if below is None:
        yield path, group
        return
    for name, command in below.items():
        yield from commands(command, (*path, name))


def root() -> Command:
    """Return the `kg` command."""
    import typer

    from kg.cli.app import app

    return typer.main.get_command(app)


def page() -> str:
    """Return the page of all commands in Markdown."""
    found = list(commands(root()))
    lines = [
        "# Command line",
        "",
        "Made of the commands' own help. Each command ends with 0 when all went well, with 1 after an error, which it "
        "prints in one line with what to do, and with 2 after a wrong call. `kg --version` prints the version, "
        "`kg COMMAND --help` shows what stands here.",
        "",
        "| command | what it does |",
        "|---|---|",
        *(
            f"| [`kg {' '.join(words)}`](#{anchor(words)}) | {_cell(_first(command.help))} |"
            for words, command in found
        ),
    ]
    for words, command in found:
        lines += ["", *_section(words, command)]
    return "\n".join(lines) + "\n"


def anchor(words: tuple[str, ...]) -> str:
    """Return the id of the heading of a command."""
    return "kg-" + "-".join(words)


def _section(words: tuple[str, ...], command: Command) -> Iterator[str]:
    context = command.make_context(" ".join(words), [], resilient_parsing=True)
    shown = [p for p in command.params if p.name != "help" and not getattr(p, "hidden", False)]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    options = [p for p in shown if p.param_type_name == "option"]
    usage = " ".join(["kg", *words, *(["[OPTIONS]"] if options else []), *map(_usage, arguments)])
    yield f"## kg {' '.join(words)} {{ #{anchor(words)} }}"
    yield ""
    for paragraph in re.split(r"\n\s*\n", command.help.strip()):
        yield " ".join(paragraph.split())
        yield ""
    yield from ("```text", usage, "```", "")
    example = (command.epilog or "").removeprefix("Example: ")
    if example:
        yield from ("```console", f"$ {example}", "```", "")
    if arguments:
        yield from ("| argument | what |", "|---|---|")
        for argument in arguments:
            yield f"| `{_usage(argument)}` | {_cell(argument.help)}{_default(argument)} |"
        yield ""
    if options:
        yield from ("| option | what | default |", "|---|---|---|")
        for option in options:
            wanted = "required" if option.required else _default(option, alone=True)
            yield f"| `{_names(option, context)}` | {_cell(option.help)} | {wanted} |"
        yield ""


def _usage(argument: Any) -> str:
    name = (argument.metavar or argument.name).upper()
    name += "…" if argument.nargs == -1 else ""
    return name if argument.required else f"[{name}]"


def _names(option: Any, context: Any) -> str:
    """Return the option as its help shows it, with what stands for its value."""
    record = option.get_help_record(context)
    shown = " ".join(record[0].split()) if record else ", ".join(option.opts)
    return shown.replace("|", "\\|").replace("  ", " ")


def _default(parameter: Any, alone: bool = False) -> str:
    """Return the default in words: what the help shows for it, or its value."""
    value = parameter.default
    if isinstance(parameter.show_default, str):
        shown = parameter.show_default
    elif value is None or value == () or callable(value) or parameter.show_default is False:
        return ""
    elif isinstance(value, bool):
        other = parameter.secondary_opts
        if not value and not other:
            return ""
        shown = f"`{parameter.opts[-1] if value else other[-1]}`"
    else:
        shown = f"`{value.value if isinstance(value, Enum) else value}`"
    return shown if alone else f" (default: {shown})"


def _first(text: str) -> str:
    return " ".join(re.split(r"\n\s*\n", text.strip())[0].split())


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")
