"""Operations from the command line, against a sandbox on loopback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.canned import serving
from tests.cli.commands import invoke
from tests.sandbox.stage import playing
from tui.api.operation import catalogue
from tui.core.paths import find_paths
from tui.sandbox.world import World
from tui.store.database import Store

Call = Callable[..., Result]


@pytest.fixture
def world() -> World:
    return World(messages=60, traffic=False)


@pytest.fixture
def url(world: World) -> Iterator[str]:
    with playing(world) as url:
        yield url


@pytest.fixture
def call(url: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("CLICKSEND_USERNAME", "demo")
    monkeypatch.setenv("CLICKSEND_API_KEY", "demo")

    def call(*arguments: str, typed: str | None = None) -> Result:
        return invoke("--base-url", url, "call", *arguments, typed=typed)

    return call


def test_operations_are_listed_as_columns_and_as_json() -> None:
    lines = invoke("operations").output.splitlines()
    assert len(lines) == len(catalogue())
    assert lines[0].split()[:4] == ["account.get", "GET", "/account", "read"]
    rows = {row["id"]: row for row in json.loads(invoke("operations", "--json").output)}
    assert rows["sms.send"] == {
        "id": "sms.send",
        "method": "POST",
        "path": "/sms/send",
        "effect": "send",
        "priced_by": "sms.price",
        "title": "Send SMS",
    }


def test_an_answer_is_printed_as_json_with_its_keys_masked(call: Call) -> None:
    result = call("account.get")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["username"], answer["_subaccount"]["api_key"]) == ("demo", "••••")


def test_all_pages_come_as_one_list(call: Call, world: World) -> None:
    result = call("sms.history", "--all-pages", "limit=15")
    rows = json.loads(result.stdout)
    assert len(rows) == len(list(world.messages))
    assert len({row["message_id"] for row in rows}) == len(rows)
    assert json.loads(call("sms.history", "--all-pages", "q=status:Nonsense").stdout) == []
    refused = call("account.get", "--all-pages")
    assert (refused.exit_code, "has no pages" in refused.stderr) == (2, True)


def test_what_sends_tells_its_price_and_wants_a_yes(call: Call, world: World) -> None:
    balance = world.account.balance
    words = ("sms.send", "messages.to=0491 570 156", "messages.body=Hi")
    told = call(*words)
    assert told.exit_code == 2
    assert "Send SMS: A$0.0792, balance after A$1,117.38" in told.stderr
    assert "Say --yes to do it at this price." in told.stderr
    assert (told.stdout, world.account.balance) == ("", balance)
    sent = call(*words, "--yes")
    assert sent.exit_code == 0, sent.stderr
    assert json.loads(sent.stdout)["messages"][0]["to"] == "+61491570156"
    assert world.account.balance < balance
    (item,) = outbox()
    assert (item.kind, item.state) == ("operation", "accepted")


def test_a_rejected_message_is_an_error(call: Call) -> None:
    result = call("sms.send", "messages.to=+880171234567", "messages.body=Hi", "--yes")
    assert result.exit_code == 2
    assert "reject every recipient" in result.stderr


def test_an_unknown_price_wants_the_words(call: Call, world: World) -> None:
    world.account.hides_prices = True
    words = ("sms.send", "messages.to=+61491570156", "messages.body=Hi", "--yes")
    assert "price is not known" in call(*words).stderr
    assert call(*words, "--confirm", "price unknown").exit_code == 0


def test_a_price_beyond_a_limit_of_the_settings_wants_the_words(call: Call, world: World) -> None:
    config = find_paths(os.environ).config
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[limits]\nper_send = "0.01"\n')
    words = ("sms.send", "messages.to=+61491570156", "messages.body=Hi", "--yes")
    refused = call(*words)
    assert (refused.exit_code, outbox()) == (2, [])
    assert "your limit for one send is A$0.0100" in refused.stderr
    assert call(*words, "--confirm", "send anyway").exit_code == 0


def test_what_deletes_says_what_is_lost_and_wants_a_yes(call: Call, world: World) -> None:
    list_id = next(iter(world.lists))["list_id"]
    told = call("contacts.lists_delete", f"list_id={list_id}")
    assert told.exit_code == 2
    assert "every contact on it are gone" in told.stderr
    assert call("contacts.lists_delete", f"list_id={list_id}", "--yes").exit_code == 0
    gone = call("contacts.lists_get", f"list_id={list_id}")
    assert (gone.exit_code, gone.stdout) == (4, "")


def test_arguments_as_json_from_the_text_a_file_or_standard_input(call: Call, tmp_path: Path) -> None:
    body = json.dumps({"template_name": "Hours", "body": "9 to 5"})
    (tmp_path / "body.json").write_text(body)
    for given, typed in ((body, None), (f"@{tmp_path / 'body.json'}", None), ("-", body)):
        made = call("templates.sms_create", "--json", given, typed=typed)
        assert json.loads(made.stdout)["template_name"] == "Hours"
    assert "is not JSON" in call("templates.sms_create", "--json", "{").stderr
    assert "takes an object" in call("templates.sms_create", "--json", "[]").stderr
    assert "cannot be read" in call("templates.sms_create", "--json", "@gone.json").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("sms.sned",), 2, "Did you mean sms.send"),
        (("qqqq",), 2, "clicksend-tui operations lists all."),
        (("sms.history", "status"), 2, '"status" is not name=value.'),
        (("sms.history", "colour=red"), 2, "There is no argument colour."),
        (("contacts.create", "list_id=428", "phone_number=call me"), 2, "has no digits"),
        (("contacts.lists_get", "list_id=1"), 4, "ClickSend finds nothing"),
    ],
)
def test_errors_go_to_stderr_with_their_own_exit_code(
    call: Call, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr


def test_read_only_refuses_what_changes_something(url: str, call: Call) -> None:
    refused = invoke("--base-url", url, "--read-only", "call", "templates.sms_create")
    assert (refused.exit_code, "Read-only" in refused.stderr) == (2, True)
    assert invoke("--base-url", url, "--read-only", "call", "account.get").exit_code == 0


def test_a_wrong_key_no_key_and_no_network_differ(
    url: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreachable = invoke("--base-url", "http://127.0.0.1:1/v3", "call", "account.get")
    assert unreachable.exit_code == 5
    monkeypatch.setenv("CLICKSEND_API_KEY", "wrong")
    assert call("account.get").exit_code == 3
    monkeypatch.delenv("CLICKSEND_API_KEY")
    assert call("account.get").exit_code == 3


def test_a_lost_answer_is_of_unknown_outcome_when_it_changed_something(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (200, "<html>Sign in to the hotel</html>")
    with serving({"/v3/sms/templates": page, "/v3/account": page}) as url:
        written = invoke("--base-url", url, "call", "templates.sms_create", "template_name=a", "body=b")
        read = invoke("--base-url", url, "call", "templates.sms_list")
    assert (written.exit_code, read.exit_code) == (6, 5)
    assert "Whether it was done is not known" in written.stderr


def outbox() -> list[object]:

    store = Store(find_paths(os.environ).database("default"))
    try:
        return list(store.outbox())
    finally:
        store.close()
