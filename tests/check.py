"""The one check command: `python tests/check.py` runs ruff, mypy, import-linter and pytest, in this order.

Further arguments go to pytest. Exits with 1 after all have run when any of them fails.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent


def commands(arguments: list[str]) -> list[list[str]]:
    """Return the commands of the check; the tools are those of the environment this runs in."""
    python = [sys.executable, "-m"]
    return [
        [*python, "ruff", "check", "."],
        [*python, "ruff", "format", "--check", "."],
        [*python, "mypy"],
        [str(TOOLS / "lint-imports")],
        [*python, "pytest", *arguments],
    ]


def main() -> int:
    """Run all commands and return 1 when any failed."""
    failed = []
    for command in commands(sys.argv[1:]):
        shown = " ".join(Path(part).name if part == command[0] else part for part in command)
        print(f"$ {shown}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(shown)
    print(f"failed: {'; '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
