"""The failures of a folder's last run, tried again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kg.errors import FormatError, InputError
from kg.ingest import DUPLICATE
from kg.model import Failure
from kg.run.manifest import MANIFEST, portable


class Retry:
    """Chooses the articles that a manifest lists as failed, out of `paths`; raises InputError and FormatError.

    Articles that failed for an id taken before stay failures: only a build of everything sees both. `left` gives those,
    and, once the paths are read, what was not found again.
    """

    def __init__(self, out: Path, paths: Sequence[str]) -> None:
        listed = _failures(out / MANIFEST)
        self._duplicates = [failure for failure in listed if failure.message.startswith(DUPLICATE)]
        self._wanted = {failure.source: failure for failure in listed if failure not in self._duplicates}
        self._files = {name for source in self._wanted for name in (source, source.rpartition(":")[0])}
        self._whole: set[str] = set()
        self._found: set[str] = set()
        self._paths = paths

    def file(self, name: str) -> bool:
        """Say whether a file failed, or an article in it."""
        name = portable(name, self._paths)
        if name in self._wanted:  # as a whole: what it holds was not read to its end
            self._whole.add(name)
            self._found.add(name)
        return name in self._files

    def article(self, name: str) -> bool:
        """Say whether an article failed, or the file it is in."""
        name = portable(name, self._paths)
        if name in self._wanted:
            self._found.add(name)
        return name in self._wanted or name.rpartition(":")[0] in self._whole

    def left(self) -> list[Failure]:
        """Return the failures that were not tried."""
        said = "not found again; give the paths of the build it failed in, or build without --retry-failed"
        missing = [one for source, one in self._wanted.items() if source not in self._found]
        return [*self._duplicates, *(Failure(one.source, one.stage, said) for one in missing)]


def _failures(path: Path) -> list[Failure]:
    try:
        return [Failure(**failure) for failure in json.loads(path.read_text(encoding="utf-8"))["failures"]]
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: no such file, so no failures to retry; build without --retry-failed first"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FormatError(f"{path}: its failures cannot be read ({error}); build without --retry-failed") from error
