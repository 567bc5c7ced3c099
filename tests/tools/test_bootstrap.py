"""The virtual environment: when it is made again, and what people read when it cannot be."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap
from tools.errors import ToolError
from tools.paths import ROOT

BARE = ("__main__", "commands", "bootstrap", "disk", "errors", "paths", "progress")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without an environment whose requirements are empty; returns its folder."""
    (tmp_path / "requirements.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "requirements.sha256")
    return tmp_path


def test_entry_can_be_read_by_old_pythons() -> None:
    source = (ROOT / "tools" / "__main__.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


@pytest.mark.parametrize("name", BARE)
def test_bootstrap_needs_only_the_standard_library(name: str) -> None:
    tree = ast.parse((ROOT / "tools" / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for imported in names:
            top = imported.split(".")[0]
            assert top in sys.stdlib_module_names or imported.removeprefix("tools.") in BARE


def test_missing_requirements_are_named(environment: Path) -> None:
    (environment / "requirements.txt").unlink()
    with pytest.raises(ToolError, match="requirements.txt is missing"):
        bootstrap.prepare(bootstrap.RUNTIME)


def test_half_made_environment_is_made_again_and_then_kept(environment: Path) -> None:
    folder = environment / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (folder / "python").chmod(0o755)
    bootstrap.prepare(bootstrap.RUNTIME)
    assert bootstrap.is_complete(bootstrap.RUNTIME)
    marker = environment / ".venv" / "marker"
    marker.touch()
    bootstrap.prepare(bootstrap.RUNTIME)
    assert marker.exists()
    (environment / "requirements.txt").write_text("# changed\n", encoding="utf-8")
    assert not bootstrap.is_complete(bootstrap.RUNTIME)
    bootstrap.prepare(bootstrap.RUNTIME)
    assert marker.exists()
    assert bootstrap.is_complete(bootstrap.RUNTIME)


def test_no_network_is_a_sentence(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (environment / "requirements.txt").write_text("liencap-none==1.0\n", encoding="utf-8")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(ToolError, match="Check the network or the proxy"):
        bootstrap.prepare(bootstrap.RUNTIME)
    assert not bootstrap.is_complete(bootstrap.RUNTIME)


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_unknown_command_is_wrong_use(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools", *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_help_lists_the_commands_others_rely_on() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for command in ("demo", "test", "up", "down", "bench", "check", "help"):
        assert f"make {command} " in done.stdout
