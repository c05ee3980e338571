"""One `Settings` object for a run, and where each of its values came from.

Order of precedence: command line, environment (`VERIFY_*`), `verify.toml` or `[tool.verify]` in
`pyproject.toml`, defaults. An unknown key is an error that names the nearest known one.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as Source

from verify.errors import COMMAND_LINE, ConfigError
from verify.limits import MAX_BYTES, MAX_CHARS, MAX_SECONDS, MAX_SENTENCES
from verify.places import Place, home, is_address, place

PREFIX = "VERIFY_"
DEFAULT = "default"
# What says where a run works, what it remembers and how it is watched, and nothing about what it publishes.
OPERATION = frozenset(
    {"processes", "runner", "dask_address", "publish_to", "run_seconds", "pages_url", "notify_command", "notify_url"}
    | {"full", "state", "keep"}
)


def _words(command: object) -> object:
    """Split a command that is one string into its words, as a shell would; none is ever started."""
    return shlex.split(command) if isinstance(command, str) else command


class Settings(BaseSettings):
    """What a run can be told. Relative paths count from the current folder."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    input: tuple[Place, ...] = Field(
        (Path("data/raw"),), description="files, folders and addresses of articles", min_length=1
    )
    output: Path = Field(Path("data/curated"), description="folder or address that datasets are published in")
    publish_to: str = Field("", description="address that every dataset is copied to; that of 'output' if it is one")
    publishers: Path = Field(Path("data/publishers.csv"), description="table of publishers; may be absent")
    model: str = Field("", description="spaCy pipeline by name or path; empty for the bundled one")
    attribution: Literal["model", "rules"] = Field(
        "model", description="use the trained attribution model or rules alone"
    )
    batch_size: int = Field(100, ge=1, le=10_000, description="articles in one batch")
    processes: int = Field(1, ge=1, le=256, description="processes that read and extract, on this machine")
    runner: Literal["local", "dask"] = Field(
        "local", description="where the flow reads and extracts: on this machine, or on a Dask cluster"
    )
    dask_address: str = Field(
        "", description="address of a Dask scheduler, as tcp://127.0.0.1:8786; empty for a cluster of one's own"
    )
    max_bytes: int = Field(MAX_BYTES, ge=1_000, description="largest article read, in bytes as it is stored")
    max_chars: int = Field(MAX_CHARS, ge=1_000, description="longest article read, in characters")
    max_sentences: int = Field(MAX_SENTENCES, ge=1, description="most sentences of an article")
    max_seconds: float = Field(MAX_SECONDS, gt=0, description="most processor seconds for extracting from an article")
    limit: int = Field(0, ge=0, description="read at most this many files; 0 for all")
    fail_on: Literal["critical", "warning"] = Field(
        "critical", description="severity of a failed expectation that stops publication"
    )
    data_docs: bool = Field(False, description="also build the pages of Great Expectations")
    full: bool = Field(False, description="read and extract every article anew, and publish even what is the same")
    state: str = Field("", description="file of what runs remember; empty for .state.sqlite in 'output'")
    keep: int = Field(0, ge=0, description="datasets kept, the latest included; 0 for all")
    run_seconds: float = Field(0, ge=0, description="longest time a run of the flow may take, in seconds; 0 for any")
    pages_url: str = Field("", pattern=r"^(https?://\S+)?$", description="http address under which 'output' is served")
    notify_command: Annotated[tuple[str, ...], BeforeValidator(_words)] = Field(
        (), description="program with its arguments that gets a line on standard input when a run of the flow fails"
    )
    notify_url: SecretStr = Field(
        SecretStr(""), description="http address that gets a POST of {'text': line} when a run of the flow fails"
    )

    @model_validator(mode="before")
    @classmethod
    def _work_here(cls, values: dict[str, object]) -> dict[str, object]:
        """Make the datasets for an address in a folder of this machine, which has locks and renames."""
        address = values.get("output")
        if not isinstance(address, str) or not is_address(address):
            return values
        return values | {"publish_to": address, "output": home(address)}

    @field_validator("publish_to")
    @classmethod
    def _is_reachable(cls, address: str) -> str:
        if address:
            place(address)
        return address

    @field_validator("notify_url")
    @classmethod
    def _is_http(cls, url: SecretStr) -> SecretStr:
        if not re.fullmatch(r"(https?://\S+)?", url.get_secret_value()):
            raise ValueError("an address that begins with http:// or https://")
        return url

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: Source, *_: Source, **__: Source
    ) -> tuple[Source, ...]:
        """Take values from the arguments alone: `load_settings` has merged the sources and knows their origin."""
        return (init_settings,)


def load_settings(
    given: Mapping[str, object] | None = None,
    *,
    config: Path | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> tuple[Settings, dict[str, str]]:
    """Merge all sources of settings.

    Args:
        given: Values of the command line; None among them means not given.
        config: A configuration file named by the user, instead of the one looked for in `folder`.
        environ: Environment variables; those of the process by default.
        folder: Where `verify.toml` or `pyproject.toml` is looked for; the current folder by default.

    Returns:
        The settings, and for each key where its value came from.

    Raises:
        ConfigError: A key is unknown, a value cannot be used or the file cannot be read.
    """
    values: dict[str, object] = {}
    origins = dict.fromkeys(Settings.model_fields, DEFAULT)
    for origin, source in (
        _from_file(config, folder or Path.cwd()),
        ("environment", _from_environment(os.environ if environ is None else environ)),
        (COMMAND_LINE, {k: v for k, v in (given or {}).items() if v is not None}),
    ):
        for key, value in source.items():
            _check_key(key, value, origin)
            values[key], origins[key] = value, origin
    try:
        return Settings(**values), origins  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        value = "(hidden)" if key == "notify_url" else values.get(key)  # the address may be all that protects it
        raise ConfigError(key, value, first["msg"], origins[key], "Correct it and run again.") from None


def _check_key(key: str, value: object, origin: str) -> None:
    """Refuse a key that is not a setting."""
    if key in Settings.model_fields:
        return
    near = difflib.get_close_matches(key, Settings.model_fields, n=1, cutoff=0.0)
    expected = f"a known key; the nearest is '{near[0]}'" if near else "a known key"
    raise ConfigError(key, value, expected, origin, "`verify info` lists all settings.")


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """Return the settings among the environment variables; several inputs are separated as in PATH."""
    found: dict[str, object] = {k[len(PREFIX) :].lower(): v for k, v in environ.items() if k.startswith(PREFIX)}
    if "input" in found:
        found["input"] = [part for part in str(found["input"]).split(os.pathsep) if part]
    return found


def _from_file(config: Path | None, folder: Path) -> tuple[str, dict[str, object]]:
    """Return the origin and values of the configuration file; empty where there is none."""
    if config is not None:
        return _read(config, ("tool", "verify") if config.name == "pyproject.toml" else ())
    for name, table in (("verify.toml", ()), ("pyproject.toml", ("tool", "verify"))):
        if (folder / name).is_file():
            origin, values = _read(folder / name, table)
            if values:
                return origin, values
    return "file", {}


def _read(path: Path, table: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """Read one TOML file and go down to the table."""
    try:
        values: Any = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("config", str(path), f"a TOML file ({error})", str(path)) from None
    for name in table:
        values = values.get(name, {})
    if isinstance(values.get("input"), str):
        values["input"] = [values["input"]]
    return str(path), values
