"""Where files go, and what is said when they cannot go there."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tui.core.errors import InvalidInput, StoreError
from tui.core.paths import Paths, find_paths, is_shared, writing_problem


def test_one_folder_holds_everything(tmp_path: Path) -> None:
    paths = find_paths({"CLICKSEND_TUI_HOME": str(tmp_path)})
    assert paths == Paths(tmp_path / "config.toml", tmp_path / "data", tmp_path / "logs")
    assert paths.database("acme") == tmp_path / "data" / "acme.sqlite3"
    assert paths.log("acme") == tmp_path / "logs" / "acme.log"


def test_a_relative_or_tilde_folder_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert find_paths({"CLICKSEND_TUI_HOME": "here"}).config == tmp_path / "here" / "config.toml"
    assert find_paths({"CLICKSEND_TUI_HOME": "~/c"}).config == tmp_path / "me" / "c" / "config.toml"


def test_without_a_home_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths = find_paths({})
    assert paths.config.name == "config.toml"
    assert {"clicksend-tui"} <= set(paths.config.parts) & set(paths.data.parts) & set(paths.logs.parts)


@pytest.mark.parametrize("name", ["", "..", "../etc", "a/b", "a b", ".hidden", "é", "x" * 65, "a\n"])
def test_a_profile_cannot_leave_its_folder(tmp_path: Path, name: str) -> None:
    paths = find_paths({"CLICKSEND_TUI_HOME": str(tmp_path)})
    with pytest.raises(InvalidInput, match="cannot be the name of a profile"):
        paths.database(name)
    with pytest.raises(InvalidInput):
        paths.log(name)


def test_folders_are_made_for_this_user_alone(tmp_path: Path) -> None:
    paths = find_paths({"CLICKSEND_TUI_HOME": str(tmp_path / "new" / "home")})
    paths.create()
    for folder in (paths.data, paths.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    paths.create()


def test_a_file_in_the_way_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError) as caught:
        find_paths({"CLICKSEND_TUI_HOME": str(tmp_path)}).create()
    assert str(tmp_path / "data") in caught.value.message
    assert "CLICKSEND_TUI_HOME" in caught.value.hint


def test_a_folder_without_permission_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anywhere, so the answer of the kernel is given here.
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert writing_problem(tmp_path) == f"The folder {tmp_path} cannot be written."


def test_a_missing_folder_is_judged_without_making_it(tmp_path: Path) -> None:
    assert writing_problem(tmp_path / "a" / "b") == ""
    assert not (tmp_path / "a").exists()
    (tmp_path / "file").write_text("")
    assert "not a folder" in writing_problem(tmp_path / "file" / "below")


@pytest.mark.parametrize(("around", "made"), [(0o2770, 0o2770), (0o770, 0o700), (0o2750, 0o700)])
def test_folders_in_one_that_a_group_shares_are_shared(tmp_path: Path, around: int, made: int) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(around)
    before = os.umask(0o077)
    try:
        find_paths({"CLICKSEND_TUI_HOME": str(home)}).create()
    finally:
        os.umask(before)
    # A folder of a shared one inherits the bit for the group, whoever may use it.
    assert {stat.S_IMODE(folder.stat().st_mode) & 0o777 for folder in home.iterdir()} == {made & 0o777}
    assert {is_shared(folder) for folder in home.iterdir()} == {made == 0o2770}
