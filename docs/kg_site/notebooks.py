"""Notebooks as pages: run from top to bottom when the site is built, with what they then show."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

TIMEOUT = 300
"""Seconds that one cell may take."""


@lru_cache(maxsize=8)
def executed(path: Path, root: Path) -> Any:
    """Return a notebook after running it in `root`; raises CellExecutionError with the cell that fails.

    The kernel is that of this environment, whatever kernels are registered, and listens on no port.
    """
    config = Config()
    config.KernelSpecManager.kernel_dirs = []
    config.KernelManager.transport = "ipc"
    resources = {"metadata": {"path": str(root)}}
    notebook: Any = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, kernel_name="python3", timeout=TIMEOUT, resources=resources, config=config)
    return client.execute()


def page(path: Path, root: Path) -> tuple[str, dict[str, str]]:
    """Return a notebook as Markdown, and the HTML that its cells show, by the placeholder that stands for it."""
    parts: list[str] = []
    shown: dict[str, str] = {}
    for cell in executed(path, root).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            parts.append(f"```python\n{cell.source}\n```")
            for output in cell.outputs:
                data = output.get("data", {})
                if "text/html" in data:
                    placeholder = f'<div data-output="{len(shown)}"></div>'
                    shown[placeholder] = f'<div class="kg-output" data-search-exclude>{data["text/html"]}</div>'
                    parts.append(placeholder)
                elif text := (output.get("text") or data.get("text/plain") or "").rstrip():
                    parts.append(f"```text\n{text}\n```")
    return "\n\n".join(parts) + "\n", shown
