"""Where a setting's value comes from, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.errors import ConfigError
from verify.settings import Settings, load_settings


def test_defaults_say_so(tmp_path: Path) -> None:
    settings, origins = load_settings(environ={}, folder=tmp_path)
    assert settings == Settings()
    assert set(origins.values()) == {"default"}


def test_command_line_beats_environment_beats_file(tmp_path: Path) -> None:
    (tmp_path / "verify.toml").write_text("limit = 1\nbatch_size = 2\nmax_chars = 3000\n")
    settings, origins = load_settings(
        {"limit": 9, "model": None}, environ={"VERIFY_LIMIT": "5", "VERIFY_BATCH_SIZE": "6"}, folder=tmp_path
    )
    assert (settings.limit, settings.batch_size, settings.max_chars) == (9, 6, 3000)
    assert origins["limit"] == "command line"
    assert origins["batch_size"] == "environment"
    assert origins["max_chars"].endswith("verify.toml")
    assert origins["model"] == "default"


def test_pyproject_table_is_read_when_there_is_no_verify_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.verify]\ninput = "texts"\n')
    settings, _ = load_settings(environ={}, folder=tmp_path)
    assert settings.input == (Path("texts"),)


def test_several_inputs_in_the_environment(tmp_path: Path) -> None:
    settings, _ = load_settings(environ={"VERIFY_INPUT": "a:b"}, folder=tmp_path)
    assert settings.input == (Path("a"), Path("b"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"batch_sise": 3}, "nearest is 'batch_size'"),
        ({"limit": "many"}, "setting 'limit' is 'many'"),
        ({"fail_on": "sometimes"}, "'critical' or 'warning'"),
        ({"input": []}, "setting 'input'"),
    ],
)
def test_a_bad_setting_is_named_with_its_value(given: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=said):
        load_settings(given, environ={}, folder=tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "verify.toml").write_text("limit = = 1")
    with pytest.raises(ConfigError, match=r"verify\.toml.*TOML"):
        load_settings(environ={}, folder=tmp_path)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load_settings(config=tmp_path / "nowhere.toml", environ={})
