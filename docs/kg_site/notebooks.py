"""Notebooks as pages: run from top to bottom when the site is built, with what they then show."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

TIMEOUT = 300
"""Seconds that one cell may take."""


@lru_cache(maxsize=8)
def executed(path: Path, root: Path) -> Any:
    """Return a notebook after running it in `root`; raises CellExecutionError with the cell that fails.

    The kernel is that of this environment, wherever else kernels may be registered.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager

        specs = KernelSpecManager(kernel_dirs=[folder])
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs)
        client = NotebookClient(notebook, km=manager, timeout=TIMEOUT, resources={"metadata": {"path": str(root)}})
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
