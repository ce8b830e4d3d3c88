"""Messages that come in: answers, strangers, the rules that collect them, and marking them read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tests.sandbox.stage import playing
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

RULE = {
    "dedicated_number": "*",
    "rule_name": "Rule",
    "message_search_type": 0,
    "message_search_term": "",
    "action": "POLL",
    "action_address": "poll",
    "enabled": 1,
}
OPTS_OUT = "+61491570197"


@pytest.fixture
def empty(caller: Caller) -> Caller:
    """Nothing is unread and no rule is there."""
    caller.put("/sms/inbound-read")
    (rule,) = caller.get("/automations/sms/inbound")["data"]
    caller.delete(f"/automations/sms/inbound/{rule['inbound_rule_id']}")
    return caller


def receive(world: World, body: str = "Hello", number: str = CUSTOMER) -> str:
    """Let a message come in; its id."""
    return world.messages.id_of(world.replies.receive(number, body, int(world.now)))


def unread(caller: Caller) -> list[str]:
    return [row["message_id"] for row in caller.get("/sms/inbound", limit=100)["data"]]


def test_a_person_answers_what_was_delivered(caller: Caller, clock: ManualClock) -> None:
    row = caller.send(body="When shall we come?", custom_string="visit 3")
    clock.advance(60)
    answer = caller.get("/sms/inbound")["data"][0]
    assert (answer["from"], answer["to"]) == (CUSTOMER, row["from"])
    assert (answer["original_message_id"], answer["original_body"]) == (
        row["message_id"],
        "When shall we come?",
    )
    assert (answer["custom_string"], answer["_keyword"]) == ("visit 3", answer["body"].split()[0])
    assert caller.get(f"/sms/inbound/{row['message_id']}") == answer


def test_nobody_answers_an_alpha_tag(caller: Caller, clock: ManualClock) -> None:
    row = caller.send(**{"from": "ACME"})
    clock.advance(600)
    assert [row["direction"] for row in caller.history()] == ["out"]
    assert caller.ask("GET", f"/sms/inbound/{row['message_id']}").status_code == 404


def test_few_answer_a_mailing(caller: Caller, clock: ManualClock) -> None:
    list_id = caller.get("/lists")["data"][0]["list_id"]
    answer = caller.post("/sms/send", messages=[{"list_id": list_id, "body": "Sale on Saturday"}])
    before = caller.get("/sms/inbound")["total"]
    clock.advance(600)
    assert 0 < caller.get("/sms/inbound")["total"] - before < answer["queued_count"] / 4


def test_who_answers_stop_moves_to_the_opt_out_list(caller: Caller, clock: ManualClock) -> None:
    lists = {record["list_name"]: record["list_id"] for record in caller.get("/lists")["data"]}
    contact = caller.post(f"/lists/{lists['VIP']}/contacts", phone_number=OPTS_OUT)
    caller.send(OPTS_OUT)
    clock.advance(60)
    assert caller.history(OPTS_OUT)[-1]["body"] == "STOP"
    assert caller.ask("GET", f"/lists/{lists['VIP']}/contacts/{contact['contact_id']}").status_code == 404
    moved = caller.get(f"/lists/{lists['Opt-out']}/contacts/{contact['contact_id']}")
    assert moved["date_updated"] > contact["date_updated"]


def test_an_unsolicited_message_has_no_original(caller: Caller, world: World) -> None:
    receive(world, number="+61491570158")
    newest = caller.get("/sms/inbound")["data"][0]
    assert (newest["original_message_id"], newest["original_body"], newest["custom_string"]) == (
        None,
        None,
        "",
    )


def test_what_came_in_stands_in_history_too(caller: Caller, world: World) -> None:
    message_id = receive(world, "Guten Tag")
    (row,) = caller.history()
    assert (row["direction"], row["status"], row["body"]) == ("in", "Received", "Guten Tag")
    assert (row["from"], row["message_id"]) == (CUSTOMER, message_id)


def test_without_a_poll_rule_nothing_is_put_aside(empty: Caller, world: World) -> None:
    receive(world)
    assert unread(empty) == []
    empty.post("/automations/sms/inbound", **RULE)
    assert unread(empty) == []
    later = receive(world)
    assert unread(empty) == [later]


def test_several_poll_rules_put_a_message_aside_several_times(empty: Caller, world: World) -> None:
    for _ in range(3):
        empty.post("/automations/sms/inbound", **RULE)
    message_id = receive(world)
    assert unread(empty) == [message_id] * 3
    empty.put(f"/sms/inbound-read/{message_id}")
    assert unread(empty) == []


def test_only_the_first_ten_rules_fire(empty: Caller, world: World) -> None:
    others = [
        empty.post("/automations/sms/inbound", **RULE | {"action": "EMAIL_USER"})["inbound_rule_id"]
        for _ in range(10)
    ]
    empty.post("/automations/sms/inbound", **RULE)
    receive(world)
    assert unread(empty) == []
    empty.delete(f"/automations/sms/inbound/{others[4]}")
    assert unread(empty) == []
    message_id = receive(world)
    assert unread(empty) == [message_id]


@pytest.mark.parametrize(
    ("rule", "taken"),
    [
        ({"enabled": 0}, []),
        ({"dedicated_number": "+19403944918"}, []),
        ({"dedicated_number": "+61481070206"}, ["STOP it", "please stop"]),
        ({"message_search_type": 1, "message_search_term": "stop"}, ["STOP it"]),
        ({"message_search_type": 2, "message_search_term": "stop"}, ["STOP it", "please stop"]),
        ({"message_search_type": 3, "message_search_term": "please"}, ["STOP it"]),
    ],
)
def test_a_rule_takes_what_it_asks_for(
    empty: Caller, world: World, rule: dict[str, object], taken: list[str]
) -> None:
    empty.post("/automations/sms/inbound", **RULE | rule)
    for body in ("please stop", "STOP it"):
        receive(world, body)
    assert [row["body"] for row in empty.get("/sms/inbound")["data"]] == taken


def test_listing_marks_nothing(caller: Caller) -> None:
    assert unread(caller) == unread(caller) != []


def test_marking_before_a_moment_leaves_what_came_since(
    caller: Caller, clock: ManualClock, world: World
) -> None:
    known = caller.get("/sms/inbound")["data"]
    clock.advance(5)
    bound = int(clock.now())
    since = receive(world)
    caller.put("/sms/inbound-read", date_before=bound)
    assert unread(caller) == [since]
    assert len(known) > 5
    caller.put("/sms/inbound-read")
    assert unread(caller) == []


def test_marking_one_leaves_the_others(caller: Caller) -> None:
    before = unread(caller)
    caller.put(f"/sms/inbound-read/{before[3]}")
    assert unread(caller) == before[:3] + before[4:]
    assert caller.ask("PUT", "/sms/inbound-read/unknown").status_code == 404


def test_what_was_marked_can_still_be_read_by_the_message_it_answers(
    caller: Caller, clock: ManualClock
) -> None:
    message_id = caller.send()["message_id"]
    clock.advance(60)
    answer = caller.get(f"/sms/inbound/{message_id}")
    caller.put(f"/sms/inbound-read/{answer['message_id']}")
    assert caller.get(f"/sms/inbound/{message_id}") == answer


def test_inbound_can_be_searched(caller: Caller, world: World) -> None:
    message_id = receive(world, "Where is my ZEBRA?")
    found = caller.get("/sms/inbound", q="body:zebra")["data"]
    assert [row["message_id"] for row in found] == [message_id]


def test_a_test_message_can_be_polled(caller: Caller) -> None:
    before = unread(caller)
    assert caller.post("/sms/inbound", url="http://example.com")["body"] == "This is a test incoming SMS."
    assert unread(caller) == before
    made = caller.post("/sms/inbound", url="poll")
    assert unread(caller) == [made["message_id"], *before]


def test_people_write_by_themselves_soon_and_then_every_minute(clock: ManualClock) -> None:
    world = World(clock=clock)
    with playing(world) as url:
        caller = Caller(url)
        before = unread(caller)
        clock.advance(11)
        assert unread(caller) == before
        clock.advance(6)
        assert len(unread(caller)) == len(before) + 1
        arrivals = []
        for second in range(600):
            clock.advance(1)
            world.catch_up()
            count = len(world.inbound.unread())
            arrivals += [second] if count > len(before) + 1 + len(arrivals) else []
        gaps = {later - earlier for earlier, later in pairwise(arrivals)}
        assert min(gaps) >= 30
        assert max(gaps) <= 60
        caller.close()
