"""What the doctor finds: on terminals that differ, with servers that answer well, wrongly or not at all."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.canned import ACCOUNT, envelope, healthy, rules, serving
from tui.api.models.automations import InboundRule, ReceiptRule
from tui.core.paths import find_paths
from tui.core.settings import Launch
from tui.core.terminal import Terminal
from tui.credentials import Limits
from tui.doctor import Finding, examine, inbound_finding, receipt_finding, render

KEY = "D3ADBEEF-0000-4000-8000-000000000000"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "CLICKSEND_TUI_HOME": str(tmp_path),
        "CLICKSEND_USERNAME": "ana",
        "CLICKSEND_API_KEY": KEY,
        "TERM": "xterm-256color",
    }


def terminal(environment: Mapping[str, str], **facts: Any) -> Terminal:
    whole = Terminal(environment, redirected=(), encoding="utf-8", columns=120, lines=40)
    return whole._replace(**facts)


def findings(
    environment: Mapping[str, str],
    base_url: str = "http://127.0.0.1:1/v3",
    problem: str = "",
    **facts: Any,
) -> dict[str, Finding]:
    """What the doctor finds, by subject. It never holds the key."""
    paths = find_paths(environment)
    launch = Launch("acme", base_url, paths.database("acme"), paths.log("acme"))
    seen = terminal(environment, **facts)
    found = [*examine(launch, paths, seen, Limits(keyring=20), settings_problem=problem)]
    assert KEY not in repr(found)
    assert len({finding.subject for finding in found}) == len(found)
    return {finding.subject: finding for finding in found}


# The terminal


@pytest.mark.parametrize(
    ("environment", "facts", "says"),
    [
        ({"TERM": "dumb"}, {}, "TERM is dumb"),
        ({}, {"encoding": "iso8859-1"}, "The output is in iso8859-1, not in UTF-8."),
        ({}, {"redirected": ("output",)}, "The output is not a terminal."),
        ({"TERM": "dumb"}, {"redirected": ("input", "output")}, "The input is not a terminal."),
    ],
)
def test_where_nothing_can_be_drawn_one_line_says_so(
    environment: dict[str, str], facts: dict[str, Any], says: str
) -> None:
    refusal = terminal(environment, **facts).refusal
    assert says in refusal
    assert refusal.isascii()
    assert "\n" not in refusal
    assert refusal.count(".") >= 2, "what is wrong, and what to do"


@pytest.mark.parametrize("term", ["xterm-256color", "linux", "screen", ""])
def test_other_terminals_will_do(term: str) -> None:
    assert terminal({"TERM": term}).refusal == ""


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "16 million colours"),
        ({"TERM": "tmux-256color"}, "256 colours"),
        ({"TERM": "linux"}, "16 colours"),
        ({}, "16 colours"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "1"}, "no colours (NO_COLOR)"),
    ],
)
def test_colours(environment: dict[str, str], colours: str) -> None:
    assert terminal(environment).colours == colours


def test_a_good_terminal_far_away(environment: dict[str, str]) -> None:
    environment |= {"TMUX": "/tmp/x", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "ESCDELAY": "500"}
    found = findings(environment)
    assert found["terminal"] == Finding("good", "terminal", "TERM=xterm-256color, 120x40, 256 colours")
    assert found["encoding"].text == "UTF-8"
    assert "set-clipboard on" in found["tmux"].text
    assert "Escape waits 500 ms" in found["SSH"].text
    assert "10.0.0.1" not in repr(found)


@pytest.mark.parametrize(
    ("facts", "subject", "verdict", "says"),
    [
        ({"redirected": ("output",)}, "terminal", "warning", "No terminal in this run: output."),
        ({"columns": 50}, "terminal", "bad", "the console needs 60x20"),
        ({"lines": 10}, "terminal", "bad", "the console needs 60x20"),
        ({"columns": 0, "lines": 0}, "terminal", "good", "size unknown"),
        ({"encoding": "ascii"}, "encoding", "bad", "ascii. Set LANG=C.UTF-8"),
    ],
)
def test_a_poor_terminal(
    environment: dict[str, str], facts: dict[str, Any], subject: str, verdict: str, says: str
) -> None:
    found = findings(environment, **facts)[subject]
    assert found.verdict == verdict
    assert says in found.text


def test_a_dumb_terminal_is_bad_even_when_redirected(environment: dict[str, str]) -> None:
    found = findings(environment | {"TERM": "dumb"}, redirected=("output",))
    assert found["terminal"].verdict == "bad"


# Files, keyring and key


def test_a_file_of_another_user(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    paths = find_paths(environment)
    paths.create()
    paths.database("acme").touch()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: may(path, mode) and path != paths.database("acme"))
    found = findings(environment)
    assert found["store"] == Finding("bad", "store", f"The file {paths.database('acme')} cannot be written.")
    assert found["log"].verdict == "good"


def test_files_that_can_be_written(environment: dict[str, str], tmp_path: Path) -> None:
    found = findings(environment)
    assert found["settings"].text == f"{tmp_path / 'config.toml'} (not there: the defaults apply)"
    assert found["store"] == Finding("good", "store", f"{tmp_path / 'data' / 'acme.sqlite3'}, writable")
    assert found["log"] == Finding("good", "log", f"{tmp_path / 'logs' / 'acme.log'}, writable")
    assert not (tmp_path / "data").exists(), "looking changes nothing"


def test_files_that_cannot(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    found = findings(environment, problem="config.toml, line 3: bel is not a setting.")
    assert found["settings"] == Finding("bad", "settings", "config.toml, line 3: bel is not a setting.")
    assert found["store"].verdict == "bad"
    assert "is not a folder" in found["store"].text


def test_the_keyring_is_named_with_its_time_and_the_key_with_its_place(environment: dict[str, str]) -> None:
    found = findings(environment)
    assert found["keyring"].verdict == "good"
    assert found["keyring"].text.startswith("null Keyring, answered in ")
    assert found["key"] == Finding("good", "key", "from the environment, user name ana")


def test_a_keyring_that_fails_and_a_key_that_is_nowhere(environment: dict[str, str]) -> None:
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    del environment["CLICKSEND_API_KEY"]
    found = findings(environment)
    assert found["keyring"].verdict == "warning"
    assert "no keyring that works (fail Keyring). It took" in found["keyring"].text
    assert found["key"].verdict == "bad"
    for said in (
        "credential command: None is set up.",
        "CLICKSEND_API_KEY is not set.",
        "clicksend-tui login",
    ):
        assert said in found["key"].text


# The server


def test_a_healthy_account(environment: dict[str, str]) -> None:
    with serving(healthy()) as url:
        found = findings(environment, url)
    assert {finding.verdict for finding in found.values()} == {"good"}
    assert found["server"].text.startswith(f"{url} answered in ")
    assert found["account"].text == "ana@acme.example, balance A$1,117.46"
    assert found["inbound rules"].text == "1 URL, 2 POLL"
    assert found["receipt rules"].text == "1 POLL"


@pytest.mark.parametrize(
    ("ahead", "verdict", "says"),
    [
        (0, "good", "the same as"),
        (20, "good", "s ahead"),
        (600, "warning", "s ahead. Set this"),
        (-600, "warning", "s behind. Set this"),
    ],
)
def test_the_clock(environment: dict[str, str], ahead: float, verdict: str, says: str) -> None:
    with serving(healthy(), clock_ahead=ahead) as url:
        found = findings(environment, url)["clock"]
    assert found.verdict == verdict
    assert says in found.text


@pytest.mark.parametrize(
    ("account", "subject", "verdict", "says"),
    [
        (envelope(None, 401, "UNAUTHORIZED"), "account", "bad", "key"),
        (envelope(None, 403, "FORBIDDEN"), "account", "bad", ""),
        (envelope(ACCOUNT | {"banned": 1}), "account", "bad", "banned: it cannot send"),
        (envelope(ACCOUNT | {"active": 0}), "account", "bad", "not active: it cannot send"),
        (envelope(ACCOUNT | {"balance": "-3.10"}), "account", "warning", "balance -A$3.10, low"),
        ((200, "<html>Sign in to the hotel</html>"), "server", "bad", "not from ClickSend"),
        (envelope(None, 500, "INTERNAL_ERROR"), "server", "bad", ""),
    ],
)
def test_an_account_or_server_that_will_not_do(
    environment: dict[str, str], account: tuple[int, str], subject: str, verdict: str, says: str
) -> None:
    with serving(healthy() | {"/v3/account": account}) as url:
        found = findings(environment, url)
    assert found[subject].verdict == verdict
    assert says in found[subject].text
    assert "inbound rules" not in found or subject == "account"


def test_a_server_that_is_not_there(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = findings(environment, f"http://127.0.0.1:{port}/v3")
    assert found["server"].verdict == "bad"
    assert "refused" in found["server"].text


def test_without_a_key_the_server_is_still_looked_at(environment: dict[str, str]) -> None:
    del environment["CLICKSEND_API_KEY"]
    with serving({"/v3/account": envelope(None, 401, "UNAUTHORIZED")}) as url:
        found = findings(environment, url)
    assert found["server"].verdict == found["clock"].verdict == "good"
    assert "account" not in found


def test_rules_that_cannot_be_read_are_said(environment: dict[str, str]) -> None:
    answers = healthy() | {"/v3/automations/sms/inbound": envelope(None, 403, "FORBIDDEN")}
    with serving(answers) as url:
        assert findings(environment, url)["rules"].verdict == "warning"


def test_hostile_names_are_cleaned(environment: dict[str, str]) -> None:
    answers = healthy() | {"/v3/automations/sms/inbound": rules("PO\x1b]52;c;AAAA\x07LL", "POLL\u202e")}
    with serving(answers) as url:
        lines = render(findings(environment, url)["inbound rules"], 80)
    assert "\x1b" not in lines
    assert "\u202e" not in lines


# Rules


def inbound(*actions: str, **facts: Any) -> list[InboundRule]:
    return [
        InboundRule.model_validate({"inbound_rule_id": place, "action": action, "enabled": 1, **facts})
        for place, action in enumerate(actions, 1)
    ]


@pytest.mark.parametrize(
    ("given", "verdict", "says"),
    [
        ([], "warning", "none. Without a POLL rule nothing reaches the inbox"),
        (inbound("URL", "EMAIL_FIXED"), "warning", "1 URL, 2 EMAIL_FIXED. Without a POLL rule"),
        (inbound("POLL", enabled=0), "warning", "1 POLL (off). Without a POLL rule"),
        (inbound("SMS", "POLL"), "good", "1 SMS, 2 POLL"),
        (inbound("POLL", "POLL"), "warning", "2 rules poll: one is enough."),
        (inbound(*["URL"] * 9, "POLL"), "good", "10 POLL"),
        (inbound(*["URL"] * 10, "POLL"), "warning", "POLL, number 11, may never be."),
        (inbound("POLL", dedicated_number="+61411111111"), "warning", "POLL listens to +61411111111 alone."),
        (inbound("POLL", dedicated_number="*"), "good", "1 POLL"),
        (inbound("POLL", message_search_type=2), "warning", "only messages with certain words."),
    ],
)
def test_the_inbox_needs_a_poll_rule_that_is_carried_out(
    given: list[InboundRule], verdict: str, says: str
) -> None:
    found = inbound_finding(given)
    assert found.verdict == verdict
    assert says in found.text


def test_receipts_need_a_poll_rule() -> None:
    rule = ReceiptRule.model_validate({"receipt_rule_id": 1, "action": "POLL", "enabled": 1})
    assert receipt_finding([rule]) == Finding("good", "receipt rules", "1 POLL")
    off = rule.model_copy(update={"enabled": False})
    assert receipt_finding([off]).verdict == receipt_finding([]).verdict == "warning"


# Print


def test_a_finding_hangs_under_its_mark() -> None:
    lines = render(Finding("warning", "store", "word " * 30), 60).splitlines()
    assert lines[0].startswith("! store          word")
    assert all(line.startswith(" " * 17 + "word") for line in lines[1:])
    assert max(map(len, lines)) <= 60
    assert render(Finding("bad", "key", "word " * 30), 0).count("\n") == 0
