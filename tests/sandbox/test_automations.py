"""Rules that fire: replies, contacts, calls of servers, and what is only noted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import SimpleQueue
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

INBOUND, RECEIPTS = "/automations/sms/inbound", "/automations/sms/receipts"
STRANGER = "+61491570158"
DEAD = "+61491570199"


class Server:
    """A server of a customer of ClickSend, which notes what it is told."""

    def __init__(self) -> None:
        self.told: SimpleQueue[tuple[str, str, dict[str, str]]] = SimpleQueue()
        told = self.told

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                is_json = self.headers["content-type"] == "application/json"
                values = json.loads(body) if is_json else dict(parse_qsl(body, keep_blank_values=True))
                self._done("json" if is_json else "post", values)

            def do_GET(self) -> None:
                self._done("get", dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True)))

            def _done(self, kind: str, values: dict[str, str]) -> None:
                told.put((kind, urlsplit(self.path).path, values))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}/hook"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def receive(world: World, body: str = "Hello", number: str = CUSTOMER) -> str:
    return world.messages.id_of(world.replies.receive(number, body, int(world.now)))


def answer(world: World, clock: ManualClock, body: str = "Hello", number: str = CUSTOMER) -> None:
    """The same, with the time that an automatic reply takes."""
    receive(world, body, number)
    clock.advance(5)
    world.catch_up()


def rule(caller: Caller, action: str, address: object = "", path: str = INBOUND, **more: object) -> Any:
    return caller.post(path, rule_name=action.title(), action=action, action_address=address, **more)


@pytest.mark.parametrize("kind", ["post", "get", "json"])
def test_a_server_on_this_machine_is_told_of_an_inbound_message(
    caller: Caller, world: World, server: Server, kind: str
) -> None:
    rule(caller, "URL", server.url, webhook_type=kind)
    message_id = receive(world, "Grüße & mehr")
    called_by, path, values = server.told.get(timeout=5)
    assert (called_by, path) == (kind, "/hook")
    assert (values["body"], values["from"], values["message_id"]) == ("Grüße & mehr", CUSTOMER, message_id)
    assert int(values["user_id"]) == world.account.user_id
    assert world.automations.fired[-1].outcome == "called"


def test_a_server_is_called_as_a_form_unless_the_rule_says_otherwise(
    caller: Caller, world: World, server: Server
) -> None:
    rule(caller, "URL", server.url)
    receive(world, number=STRANGER)
    kind, _, values = server.told.get(timeout=5)
    assert (kind, values["original_message_id"]) == ("post", "")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook",
        "http://10.1.2.3/",
        "http://127.0.0.1.example.com",
        "ftp://localhost",
        "poll",
        "http://[",
    ],
)
def test_no_other_server_is_ever_called(caller: Caller, world: World, url: str) -> None:
    rule(caller, "URL", url)
    receive(world)
    fired = world.automations.fired[-1]
    assert (fired.address, fired.outcome) == (url, "not called: the sandbox calls only this machine")
    assert not world.webhooks.call(url, {})


def test_a_server_that_is_down_does_no_harm(caller: Caller, world: World, server: Server) -> None:
    gone = Server()
    gone.close()
    rule(caller, "URL", gone.url)
    rule(caller, "URL", server.url)
    receive(world)
    assert server.told.get(timeout=10)[2]["body"] == "Hello"
    first = world.webhooks.outcomes[0]
    assert (first.url, first.status) == (gone.url, 0)
    assert first.problem


def test_a_server_is_told_what_became_of_messages(
    caller: Caller, world: World, clock: ManualClock, server: Server
) -> None:
    rule(caller, "URL", server.url, RECEIPTS, match_type=1)
    caller.send()
    failed = caller.send(DEAD)
    clock.advance(60)
    world.catch_up()
    _, _, values = server.told.get(timeout=5)
    assert (values["message_id"], values["status_code"]) == (failed["message_id"], "301")
    assert values["error_text"].startswith("Absent")
    assert server.told.empty()


def test_a_test_message_reaches_a_server(caller: Caller, server: Server) -> None:
    made = caller.post("/sms/inbound", url=server.url, webhook_type="json")
    kind, _, values = server.told.get(timeout=5)
    assert (kind, values["message_id"]) == ("json", made["message_id"])
    made = caller.post("/sms/receipts", url=server.url)
    assert server.told.get(timeout=5)[2]["message_id"] == made["message_id"]


def test_an_automatic_reply_answers_from_the_number_written_to(
    caller: Caller, world: World, clock: ManualClock
) -> None:
    before = world.account.balance
    rule(caller, "AUTO_REPLY", body="Thanks, we open at 7.")
    answer(world, clock)
    asked, answered = caller.history()
    assert (answered["body"], answered["direction"]) == ("Thanks, we open at 7.", "out")
    assert answered["from"] == asked["to"]
    assert world.account.balance < before


def test_nobody_answers_an_automatic_reply(caller: Caller, world: World, clock: ManualClock) -> None:
    rule(caller, "AUTO_REPLY", body="Thanks.")
    answer(world, clock)
    clock.advance(3_600)
    assert [row["direction"] for row in caller.history()] == ["in", "out"]


@pytest.mark.parametrize("body", ["STOP", " stop ", "Unsubscribe"])
def test_stop_is_never_answered(caller: Caller, world: World, clock: ManualClock, body: str) -> None:
    rule(caller, "AUTO_REPLY", body="Thanks.")
    answer(world, clock, body)
    assert [row["direction"] for row in caller.history()] == ["in"]
    assert world.automations.fired[-1].outcome == "not answered: it opts out"


def test_an_automatic_reply_needs_credit(caller: Caller, world: World, clock: ManualClock) -> None:
    world.account.balance -= world.account.balance
    rule(caller, "AUTO_REPLY", body="Thanks.")
    answer(world, clock)
    assert world.automations.fired[-1].outcome == "not answered: INSUFFICIENT_CREDIT"
    assert [row["direction"] for row in caller.history()] == ["in"]


def test_an_automatic_reply_calls_a_contact_by_name(caller: Caller, world: World, clock: ManualClock) -> None:
    (list_id,) = [row["list_id"] for row in caller.get("/lists")["data"] if row["list_name"] == "VIP"]
    caller.post(f"/lists/{list_id}/contacts", phone_number=STRANGER, first_name="Ada")
    rule(caller, "AUTO_REPLY", body="Thanks (First Name).")
    answer(world, clock, number=STRANGER)
    assert caller.history(STRANGER)[-1]["body"] == "Thanks Ada."


def test_a_rule_moves_a_contact(caller: Caller, world: World) -> None:
    lists = {row["list_name"]: row["list_id"] for row in caller.get("/lists")["data"]}
    contact = caller.post(f"/lists/{lists['VIP']}/contacts", phone_number=STRANGER)
    rule(caller, "MOVE_CONTACT", lists["Customers"], message_search_type=1, message_search_term="leave")
    receive(world, "I stay", STRANGER)
    assert caller.get(f"/lists/{lists['VIP']}/contacts/{contact['contact_id']}")
    receive(world, "LEAVE the club", STRANGER)
    assert caller.ask("GET", f"/lists/{lists['VIP']}/contacts/{contact['contact_id']}").status_code == 404
    assert caller.get(f"/lists/{lists['Customers']}/contacts/{contact['contact_id']}")


@pytest.mark.parametrize(
    ("action", "noted"),
    [
        ("CREATE_CONTACT", ("", "", None)),
        ("CREATE_CONTACT_PLUS_NAME", ("Ada", "King Lovelace", None)),
        ("CREATE_CONTACT_PLUS_EMAIL", ("", "", "ada@example.com")),
        ("CREATE_CONTACT_PLUS_NAME_EMAIL", ("Ada", "King Lovelace", "ada@example.com")),
    ],
)
def test_a_rule_makes_a_contact_once(
    caller: Caller, world: World, action: str, noted: tuple[str, str, str | None]
) -> None:
    list_id = caller.post("/lists", list_name="Joined")["list_id"]
    rule(caller, action, list_id, message_search_type=1, message_search_term="join")
    for _ in range(2):
        receive(world, "JOIN Ada King Lovelace ada@example.com", STRANGER)
    (contact,) = caller.get(f"/lists/{list_id}/contacts")["data"]
    assert contact["phone_number"] == STRANGER
    assert (contact["first_name"], contact["last_name"], contact["email"]) == noted


@pytest.mark.parametrize("action", ["MOVE_CONTACT", "CREATE_CONTACT"])
def test_a_rule_for_a_list_that_is_not_there_does_nothing(caller: Caller, world: World, action: str) -> None:
    rule(caller, action, "12")
    receive(world)
    assert world.automations.fired[-1].outcome == "no such list"


@pytest.mark.parametrize("action", ["SMS", "GROUP_SMS", "EMAIL_USER", "EMAIL_FIXED", "SMPP", "NONE"])
def test_what_leaves_the_sandbox_is_only_noted(caller: Caller, world: World, action: str) -> None:
    rule(caller, action, "somewhere")
    receive(world)
    fired = world.automations.fired[-1]
    assert (fired.action, fired.address, fired.outcome) == (action, "somewhere", "only noted")
    assert len(caller.history()) == 1


def test_a_rule_that_is_eleventh_does_not_reply(caller: Caller, world: World, clock: ManualClock) -> None:
    for _ in range(9):
        rule(caller, "NONE")
    rule(caller, "AUTO_REPLY", body="Eleventh, after the rule that polls.")
    answer(world, clock)
    assert [row["direction"] for row in caller.history()] == ["in"]


def test_rules_of_other_channels_judge_their_own_receipts(caller: Caller, world: World) -> None:
    rules = world.voice_receipt_rules
    rules.delete(next(iter(rules))["receipt_rule_id"])
    rules.create({"action": "POLL", "match_type": 2})
    rules.create({"action": "POLL"})
    copies = [
        world.automations.receipt(rules, dict, int(world.now), failed=failed) for failed in (False, True)
    ]
    assert copies == [2, 1]
