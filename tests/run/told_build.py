"""A build by the stub stage that tells each step and article on standard output: `told_build ARTICLES OUT [WORKERS]`.

Articles last four at a time, so that a build killed at some article has some stored. Of several workers each
article may take an hour.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.model import Failure
from kg.run import intake
from kg.run.extraction import ExtractOptions
from kg.run.limits import Limits
from kg.run.local import Watch, build
from tests.run.stub_stage import StubStage


class Told(Watch):
    def step(self, name: str) -> None:
        print(name, flush=True)

    def result(self, failure: Failure | None) -> None:
        print("article", flush=True)


if __name__ == "__main__":
    intake.COMMIT_EVERY = 4
    workers = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    options = ExtractOptions(workers=workers, limits=Limits(seconds=3600) if workers > 1 else None)
    build([sys.argv[1]], Path(sys.argv[2]), options, StubStage(), watch=Told())
