"""config.toml: what it may hold, and what is said when it holds something else."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
from pathlib import Path

import pytest

from tui.core import settings as settings_module
from tui.core.errors import InvalidInput, SettingsError
from tui.core.settings import (
    DEFAULT_BASE_URL,
    PollSeconds,
    ProfileSettings,
    Settings,
    check_base_url,
    load_settings,
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def error_of(config: Path, text: str) -> SettingsError:
    config.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(config)
    return caught.value


def test_no_file_means_defaults(config: Path) -> None:
    assert load_settings(config) == Settings()
    assert load_settings(config).poll == dataclasses.asdict(PollSeconds())


def test_everything_can_be_set(config: Path) -> None:
    config.write_text(
        """
        profile = "acme"
        theme = "ansi-light"
        ascii = true
        bell = true
        mouse = false
        country = "NZ"
        log_level = "info"

        [poll]
        inbound = 20
        receipts = 7.5

        [keys]
        "inbox.reply" = "r, f2"
        inbox.done = ["x", "e"]
        console.quit = ""

        [profiles.acme]
        username = "ops@acme.example"
        base_url = "http://127.0.0.1:8080/v3/"
        credential_command = "pass show clicksend"
        read_only = true

        [profiles.other]
        """
    )
    settings = load_settings(config)
    assert settings == Settings(
        profile="acme",
        theme="ansi-light",
        ascii=True,
        bell=True,
        mouse=False,
        country="NZ",
        log_level="info",
        poll={**dataclasses.asdict(PollSeconds()), "inbound": 20.0, "receipts": 7.5},
        keys={"inbox.reply": "r,f2", "inbox.done": "x,e", "console.quit": ""},
        profiles={
            "acme": ProfileSettings(
                username="ops@acme.example",
                base_url="http://127.0.0.1:8080/v3",
                credential_command="pass show clicksend",
                read_only=True,
            ),
            "other": ProfileSettings(),
        },
    )
    assert isinstance(settings.poll["inbound"], float)
    assert settings.of_profile("acme").read_only
    assert settings.of_profile("unnamed") == ProfileSettings()


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        ("theme = 'x'\nbel = true", 2, "bel is not a setting.", "Did you mean bell?"),
        ("[poll]\ninbond = 9", 2, "inbond is not a setting of [poll].", "Did you mean inbound?"),
        (
            "\n\n[profiles.a]\nuser = 'x'",
            4,
            "user is not a setting of [profiles.a].",
            "Did you mean username?",
        ),
        ("zzz = 1", 1, "zzz is not a setting.", "There are profile, theme"),
        ("[zzz]\na = 1", 1, "zzz is not a setting.", "There are profile, theme"),
        ("bell = 'yes'", 1, "bell must be true or false.", "Mend that line."),
        ("bell = 1", 1, "bell must be true or false.", ""),
        ("theme = 3", 1, "theme must be text in quotes.", ""),
        ("[profile.acme]\nread_only = true", 1, "profile must be text in quotes.", "[profiles.<name>]"),
        ("poll = 5", 1, "poll must be a table.", "Start it with [poll]."),
        ("[profiles]\nacme = 'x'", 2, "acme must be a table.", "Start it with [profiles.acme]."),
        ("[poll]\nrules = true", 2, "rules must be a number.", ""),
        ("[poll]\naccount = 1", 2, "account must be from 5 to 86400 seconds.", "limits"),
        ("[poll]\naccount = nan", 2, "account must be from 5", ""),
        ("country = 'Australia'", 1, "country must be two capital letters.", '"AU"'),
        ("log_level = 'loud'", 1, "log_level must be one of error, warning, info, debug.", ""),
        ("profile = '../x'", 1, "'../x' cannot be the name of a profile.", "letters"),
        ("[profiles.'a b']", 1, "'a b' cannot be the name of a profile.", "letters"),
        ("[profiles.a]\nbase_url = 'rest'", 2, "The base URL is not", DEFAULT_BASE_URL),
        ("[keys]\n'inbox.reply' = 3", 2, "inbox.reply must be keys in quotes.", '"r,f2"'),
        ("[keys.inbox]\nreply = [3]", 2, "reply must be keys in quotes.", '"r,f2"'),
    ],
)
def test_a_mistake_is_named_with_its_place(config: Path, text: str, line: int, says: str, hint: str) -> None:
    error = error_of(config, text)
    assert error.message.startswith(f"{config}, line {line}: {says}")
    assert hint in error.hint
    assert error.hint


def test_a_mistake_in_a_rare_notation_is_still_named(config: Path) -> None:
    error = error_of(config, "poll = { inbond = 9 }")
    assert error.message == f"{config}: inbond is not a setting of [poll]."


@pytest.mark.parametrize("name", ["key", "api_key", "password", "Token"])
def test_a_key_does_not_belong_in_the_file_and_is_not_repeated(config: Path, name: str) -> None:
    error = error_of(config, f"[profiles.acme]\n{name} = 'D3ADBEEF'")
    assert "credential_command" in error.hint
    assert "D3ADBEEF" not in str(error)


def test_bad_toml_says_the_line(config: Path) -> None:
    error = error_of(config, "bell = true\ntheme = \n")
    assert str(config) in error.message
    assert "line 2" in error.message
    assert "move the file away" in error.hint


def test_other_encodings_say_the_line(config: Path) -> None:
    config.write_bytes("bell = true\ntheme = 'é'\n".encode("latin-1"))
    with pytest.raises(SettingsError, match="line 2: this is not UTF-8"):
        load_settings(config)


def test_an_unreadable_file_says_why(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be read: Is a directory"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rest.clicksend.com",
        "ftp://x/v3",
        "https://",
        "https://x:99999/v3",
        "https://[x/v3",
        "http://a b/",
    ],
)
def test_a_base_url_is_an_address(url: str) -> None:
    with pytest.raises(InvalidInput, match="not an http or https address"):
        check_base_url(url)


@pytest.mark.parametrize(
    "url", ["https://me:D3ADBEEF@x/v3", "https://x/v3?key=D3ADBEEF", "https://x/v3#D3ADBEEF"]
)
def test_a_base_url_holds_nothing_else_and_is_not_repeated(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_base_url(url)
    assert "D3ADBEEF" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_this_machine_may_be_asked_without_encryption(host: str) -> None:
    assert check_base_url(f"http://{host}:8080/v3") == f"http://{host}:8080/v3"


@pytest.mark.parametrize("host", ["rest.clicksend.com", "10.0.0.1", "localhost.example", "127.0.0.1.example"])
def test_no_other_machine_may(host: str) -> None:
    with pytest.raises(InvalidInput, match="must start with https"):
        check_base_url(f"http://{host}/v3")


def test_a_base_url_loses_its_last_slash() -> None:
    assert check_base_url(" https://rest.clicksend.com/v3/ ") == DEFAULT_BASE_URL


def test_every_key_is_documented() -> None:
    tree = ast.parse(inspect.getsource(settings_module))
    for kind in (Settings, ProfileSettings, PollSeconds):
        body = next(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == kind.__name__)
        documented = {
            field.target.id
            for field, text in itertools.pairwise(body)
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
        }
        assert documented == {field.name for field in dataclasses.fields(kind)}


def test_a_mark_before_the_text_is_no_mistake(config: Path) -> None:
    config.write_bytes(b"\xef\xbb\xbfbell = true")
    assert load_settings(config).bell
