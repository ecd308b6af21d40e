"""Languages the package reads, one sub-package each."""

from __future__ import annotations

KOREAN = "ko"


def is_korean(language: str) -> bool:
    """Say whether a language tag (BCP 47) is of Korean: ko, but ko-KR too."""
    return language.partition("-")[0].lower() == KOREAN
