"""Signing in, the frame around answers, and what is refused."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.account import TEST_KEY
from tui.sandbox.faults import Fault
from tui.sandbox.world import World

UNAUTHORIZED = {
    "http_code": 401,
    "response_code": "UNAUTHORIZED",
    "response_msg": "Authorization failed.",
    "data": None,
}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_wrong_key_is_refused_as_clicksend_does(caller: Caller, method: str) -> None:
    stranger = Caller(caller.url, "demo", "wrong")
    path = {"GET": "/account", "POST": "/sms/send", "PUT": "/sms/cancel-all"}[method]
    answer = stranger.ask(method, path)
    stranger.close()
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


@pytest.mark.parametrize("header", [None, "Bearer demo", "Basic %%%", "Basic /w=="])
def test_anything_but_basic_credentials_is_refused(caller: Caller, header: str | None) -> None:
    headers = {"authorization": header} if header else {}
    answer = httpx.get(f"{caller.url}/account", headers=headers, trust_env=False, verify=False)
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


def test_the_list_of_countries_needs_no_key(caller: Caller) -> None:
    answer = caller.fetch(f"{caller.url}/countries").json()
    assert {"code": "AU", "value": "Australia"} in answer["data"]


def test_an_unknown_path_and_a_wrong_method_are_not_found(caller: Caller) -> None:
    unknown, wrong = caller.ask("GET", "/nothing"), caller.ask("DELETE", "/account")
    assert (unknown.status_code, unknown.json()["response_code"]) == (404, "NOT_FOUND")
    assert (wrong.status_code, wrong.json()["response_code"]) == (405, "NOT_FOUND")


def test_a_slash_at_the_end_does_not_matter(caller: Caller) -> None:
    assert caller.get("/lists/") == caller.get("/lists") | {"path": f"{caller.url}/lists"}


def test_a_whole_number_may_be_written_with_a_point(caller: Caller, world: World) -> None:
    """JSON knows no kinds of numbers, and clients with floats write them so."""
    caller.put("/sms/receipts-read", date_before=world.now + 1)
    assert world.receipts.unread() == []
    assert caller.ask("PUT", "/sms/receipts-read", {"date_before": 0.5}).status_code == 400
    endless = {"content": '{"date_before": 1e400}', "auth": ("demo", "demo"), "verify": False}
    answer = httpx.put(f"{caller.url}/sms/receipts-read", trust_env=False, **endless)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/lists", {}, "list_name"),
        ("POST", "/lists", {"list_name": ""}, "list_name"),
        ("POST", "/sms/send", {"messages": []}, "messages"),
        ("POST", "/sms/send", {"messages": "hello"}, "messages"),
        ("GET", "/search/contacts-lists", None, "q"),
    ],
)
def test_what_is_missing_is_named(caller: Caller, method: str, path: str, body: object, field: str) -> None:
    answer = caller.ask(method, path, body)
    assert answer.status_code == 400
    assert answer.json()["response_code"] == "BAD_REQUEST"
    assert list(answer.json()["data"]) == [field]


@pytest.mark.parametrize("raw", ["{", "[]", "\xff"])
def test_a_body_that_is_no_json_object_is_refused(caller: Caller, raw: str) -> None:
    content, auth = raw.encode("latin-1"), ("demo", "demo")
    answer = httpx.post(f"{caller.url}/lists", content=content, auth=auth, trust_env=False, verify=False)
    assert (answer.status_code, answer.json()["response_code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("username", "status", "code"),
    [("notactive", 403, "ACCOUNT_NOT_ACTIVATED"), ("banned", 403, "FORBIDDEN")],
)
def test_clicksends_test_accounts_cannot_send(caller: Caller, username: str, status: int, code: str) -> None:
    locked_out = Caller(caller.url, username, TEST_KEY)
    answer = locked_out.ask("POST", "/sms/send", {"messages": [{"to": "+61491570156", "body": "Hi"}]})
    locked_out.close()
    assert (answer.status_code, answer.json()["response_code"]) == (status, code)


def test_the_account_without_credit_is_told_so_message_by_message(caller: Caller) -> None:
    poor = Caller(caller.url, "nocredit", TEST_KEY)
    row = poor.send()
    free = poor.send("+61411111111")
    balance = poor.get("/account")["balance"]
    poor.close()
    assert (row["status"], free["status"], balance) == ("INSUFFICIENT_CREDIT", "SUCCESS", "0.000000")


def test_a_new_account_has_its_own_contacts_and_works_once_activated(caller: Caller) -> None:
    created = caller.post(
        "/account",
        username="ada",
        password="engine",
        user_phone="0491 570 157",
        user_email="ada@example.com",
        user_first_name="Ada",
        user_last_name="Lovelace",
        account_name="Engines",
        country="AU",
    )
    assert (created["active"], created["balance"], created["user_phone"]) == (0, "4.998000", "+61491570157")
    ada = Caller(caller.url, "ada", created["_subaccount"]["api_key"])
    assert ada.ask("GET", "/lists").status_code == 403
    token = ada.put("/account-verify/send", type="sms")["activation_token"]
    assert ada.ask("PUT", "/account-verify/verify/wrong").status_code == 400
    assert ada.put(f"/account-verify/verify/{token}")["active"] == 1
    assert ada.get("/lists")["total"] == 0
    ada.close()
    with_password = Caller(caller.url, "ada", "engine")
    assert with_password.get("/account")["account_name"] == "Engines"
    with_password.close()


def test_faults_come_once_and_in_order(caller: Caller, world: World) -> None:
    world.faults.add("sms.send", Fault.FAILS)
    world.faults.add("sms.send", Fault.FAILS_LATE)
    world.faults.add("*", Fault.GARBLED)
    world.faults.add("account.get", Fault.LEGACY)
    body = {"messages": [{"to": "+61491570156", "body": "Hi"}]}
    before = len(world.messages)
    assert caller.ask("POST", "/sms/send", body).status_code == 500
    assert len(world.messages) == before
    assert caller.ask("POST", "/sms/send", body).status_code == 500
    assert len(world.messages) == before + 1
    assert "text/html" in caller.ask("GET", "/lists").headers["content-type"]
    legacy = caller.ask("GET", "/account")
    assert (legacy.status_code, legacy.json()) == (200, UNAUTHORIZED)
    assert caller.get("/account")["username"] == "demo"


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.HANGS])
def test_an_answer_can_be_lost_after_the_message_was_taken(
    caller: Caller, world: World, fault: Fault
) -> None:
    world.faults.add("sms.send", fault)
    before = len(world.messages)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadTimeout)):
        httpx.post(
            f"{caller.url}/sms/send",
            json={"messages": [{"to": "+61491570156", "body": "Hi"}]},
            auth=("demo", "demo"),
            timeout=0.2,
            trust_env=False,
        )
    assert len(world.messages) == before + 1
