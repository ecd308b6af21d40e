"""A build by the stub stage that tells each step and article on standard output: `told_build.py ARTICLES OUT`.

Articles last four at a time, so that a build killed at some article has some stored.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.model import Document, Failure
from kg.run import intake
from kg.run.extraction import ExtractOptions
from kg.run.local import Watch, build
from tests.run.stub_stage import StubStage


class Told(Watch):
    def step(self, name: str) -> None:
        print(name, flush=True)

    def result(self, result: Document | Failure) -> None:
        print("article", flush=True)


if __name__ == "__main__":
    intake.COMMIT_EVERY = 4
    build([sys.argv[1]], Path(sys.argv[2]), ExtractOptions(), StubStage(), watch=Told())
