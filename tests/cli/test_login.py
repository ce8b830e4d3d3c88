"""Signing in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.canned import ACCOUNT, envelope, healthy, serving
from tests.cli.commands import KEY, invoke
from tests.terminal.pty_terminal import Terminal


def sign_in(url: str, *arguments: str, typed: str = f"ana\n{KEY}\n") -> Result:
    return invoke("--base-url", url, "login", *arguments, typed=typed)


def test_login_checks_keeps_and_says_where(tmp_path: Path) -> None:
    with serving(healthy()) as url:
        result = sign_in(url, "--profile", "acme")
    assert result.exit_code == 0, result.output
    assert "ClickSend knows the key: ana@acme.example, Acme." in result.output
    assert "kept in the keyring (fake backends Working) for profile acme, and was read back." in result.output
    assert f'"clicksend-tui/acme": "ana:{KEY}"' in (tmp_path / "keyring.json").read_text()

    assert "of profile acme was removed" in invoke("logout", "--profile", "acme").output
    assert KEY not in (tmp_path / "keyring.json").read_text()
    assert "has no key of profile acme" in invoke("--profile", "acme", "logout").output


@pytest.mark.parametrize(
    ("account", "says"),
    [
        (envelope(None, 401, "UNAUTHORIZED"), "does not know this user name and key. Check both"),
        (envelope(ACCOUNT | {"banned": 1}), "This ClickSend account is banned. Ask ClickSend's support."),
        (envelope(None, 403, "FORBIDDEN"), "allow"),
        ((200, "<html>Sign in to the hotel</html>"), "not from ClickSend"),
    ],
)
def test_a_key_that_clicksend_refuses_is_not_kept(
    account: tuple[int, str], says: str, tmp_path: Path
) -> None:
    with serving({"/v3/account": account}) as url:
        result = sign_in(url)
    assert result.exit_code == 1
    assert says in result.stderr
    assert "kept" not in result.output
    assert not (tmp_path / "keyring.json").exists()


@pytest.mark.parametrize(
    ("fact", "says"),
    [({"active": 0}, "The account is not active: until"), ({"balance": "0"}, "There is no credit:")],
)
def test_login_says_what_the_account_cannot_do(fact: dict[str, object], says: str) -> None:
    with serving(healthy() | {"/v3/account": envelope(ACCOUNT | fact)}) as url:
        result = sign_in(url)
    assert result.exit_code == 0
    assert says in result.output


@pytest.mark.parametrize(
    ("backend", "says"),
    [
        ("keyring.backends.null.Keyring", "does not give it back"),
        ("keyring.backends.fail.Keyring", "no keyring that works"),
        ("fake_backends.Locked", "is locked"),
    ],
)
def test_a_key_that_is_not_kept_is_not_said_to_be(
    monkeypatch: pytest.MonkeyPatch, backend: str, says: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with serving(healthy()) as url:
        result = sign_in(url)
    assert result.exit_code == 1
    assert "The key was not kept" in result.stderr
    assert says in result.stderr
    assert "CLICKSEND_API_KEY" in result.stderr


def test_login_says_when_a_stronger_place_has_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "env")
    monkeypatch.setenv("CLICKSEND_API_KEY", "other")
    with serving(healthy()) as url:
        result = sign_in(url, "--username", "ana", typed=f"{KEY}\n")
    assert result.exit_code == 0
    assert "But profile default takes the key from the environment" in result.output


@pytest.mark.parametrize("typed", [f"ana\nsome words {KEY}\n", f"a:b\n{KEY}\n"])
def test_what_cannot_be_a_key_is_not_sent(typed: str) -> None:
    result = sign_in("http://127.0.0.1:1/v3", typed=typed)
    assert result.exit_code == 1
    assert "from the sign-in" in result.stderr


def test_the_key_is_typed_unseen(tmp_path: Path) -> None:
    with (
        serving(healthy()) as url,
        Terminal(
            "--base-url", url, "login", home=tmp_path, env={"PYTHON_KEYRING_BACKEND": "null"}
        ) as terminal,
    ):
        terminal.wait_for("ClickSend user name")
        terminal.send("ana\n")
        terminal.wait_for("API key (not shown)")
        terminal.send(f"{KEY}\n")
        assert terminal.wait_exit() == 1
        assert "ClickSend knows the key" in terminal.text
        assert KEY.encode() not in terminal.raw
