"""The settings file of the plug-in: which endpoint and model, what it may cost, how it is asked."""

from __future__ import annotations

import difflib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from kg.errors import InputError, MissingExtraError
from kg.yamlfiles import first_mistake, not_yaml

Structure = Literal["auto", "json_schema", "json_object", "text"]
"""How the form of an answer is asked for: `auto` tries the others in this order, once for an endpoint and model."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def need_httpx2() -> Any:
    """Return httpx2; raises MissingExtraError without it."""
    try:
        import httpx2
    except ImportError as error:
        raise MissingExtraError("the llm extractor", "llm") from error
    return httpx2


def _plain_address(address: str) -> str:
    httpx = need_httpx2()
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise ValueError(f"{error}; give one like http://127.0.0.1:8080/v1") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("is no http or https address; give one like http://127.0.0.1:8080/v1")
    if url.userinfo or url.query or url.fragment:
        raise ValueError("holds a user, a query or a fragment; a key goes into the environment variable key_env names")
    return address.rstrip("/").removesuffix("/chat/completions")


class Budget(_Frozen):
    """What all calls of a cache folder may cost together, and never more."""

    tokens: int = Field(gt=0)
    """Tokens in and out."""
    money: Decimal | None = Field(default=None, gt=0)
    """In the currency of the prices."""


class Prices(_Frozen):
    """What a million tokens cost, in any one currency; what is read from an endpoint's cache counts in full."""

    input: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)


class Settings(_Frozen):
    """A settings file as read; `cache` is absolute, times are in seconds."""

    endpoint: Annotated[str, AfterValidator(_plain_address)]
    """Base address; /chat/completions is added."""
    model: str = Field(min_length=1)
    key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """The environment variable that holds the key; None for an endpoint that needs none."""
    cache: Path
    """Folder of answers and of the ledger."""
    budget: Budget
    prices: Prices | None = None
    max_output_tokens: int = Field(default=4000, gt=0)
    limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """Under which name the endpoint knows `max_output_tokens`."""
    overhead_tokens: int = Field(default=500, ge=0)
    """Tokens of a call that are not in its messages: what the endpoint's template puts around them."""
    temperature: float | None = Field(default=0, ge=0, le=2)
    """None leaves it out, for models that refuse it; the same for `seed`."""
    seed: int | None = 0
    timeout: float = Field(default=120, gt=0, le=600)
    """For a whole call."""
    retries: int = Field(default=2, ge=0, le=8)
    concurrency: int = Field(default=4, ge=1, le=64)
    """Calls under way at once, in each worker process."""
    passage_characters: int = Field(default=3000, ge=200)
    """Characters of an article that one call asks about, whole sentences."""
    prompt_language: Literal["ko", "en"] = "ko"
    structure: Structure = "auto"
    unsure_below: float = Field(default=0.6, ge=0, le=1)
    """Cascade alone: a sentence with a relation of less confidence is asked about."""

    @model_validator(mode="after")
    def _priced(self) -> Settings:
        if self.budget.money is not None and self.prices is None:
            raise ValueError("budget.money needs prices: {input: …, output: …}, each for a million tokens")
        return self

    def asked_with(self) -> dict[str, object]:
        """Return what decides an answer beside the messages; the endpoint is not among it, so that it may move."""
        names = ("model", "temperature", "seed", "max_output_tokens")
        return {name: getattr(self, name) for name in names}


def read_settings(path: str | None) -> Settings:
    """Return the settings of a YAML file; `cache` in it is relative to its folder.

    Raises InputError naming the file and the key that is wrong, with the nearest known one.
    """
    if not path:
        raise InputError("no settings file; name it after the extractor, like --extractor llm:settings.yaml")
    file = Path(path)
    try:
        given = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise InputError(f"{path}: {said}; name a settings file, see docs/llm.md") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        # The original quotes the line, which may hold a key.
        raise InputError(f"{path}: {not_yaml(error)}; mend the file, see docs/llm.md") from None
    if not isinstance(given, dict):
        raise InputError(f"{path}: holds no settings; write endpoint, model, cache and budget, see docs/llm.md")
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        raise InputError(f"{path}: {_said(error)}") from None  # the original quotes values, and a key may be one
    return settings.model_copy(update={"cache": (file.resolve().parent / settings.cache)})


def _said(error: ValidationError) -> str:
    parts, kind, said = first_mistake(error)
    if kind != "extra_forbidden":
        return f"{'.'.join(parts)}: {said}; fix the file".removeprefix(": ")
    owners: dict[str, type[BaseModel]] = {"budget": Budget, "prices": Prices}
    owner = owners.get(parts[0], Settings) if len(parts) > 1 else Settings
    nearest = difflib.get_close_matches(parts[-1], owner.model_fields, n=1, cutoff=0.4)
    if "key" in parts[-1] or "token" in parts[-1]:
        return f"{'.'.join(parts)}: no such setting; put a key into an environment variable, and its name into key_env"
    hint = f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(owner.model_fields)}"
    return f"{'.'.join(parts)}: no such setting; {hint}"
