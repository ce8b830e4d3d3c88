"""The client over a real socket: what it sends, what it repeats, and what it makes of every failure."""

from __future__ import annotations

import asyncio
import base64
import logging
import socket
import traceback
from email.utils import formatdate

import pytest

from tests.api.conftest import KEY, TurnableClock
from tests.api.scripted import RESET, SILENCE, Answered, ScriptedServer, envelope
from tui.api import account, contacts, countries, sms, sms_campaigns, templates
from tui.api.client import ApiClient, RateLimit
from tui.api.models.sms import SmsMessage
from tui.core.errors import (
    AnswerLost,
    ApiError,
    BadAnswer,
    Forbidden,
    InvalidInput,
    NotFound,
    RateLimited,
    Refused,
    ServerFault,
    Unauthorized,
    Unreachable,
)

ACCOUNT = {"user_id": 1, "username": "ada", "balance": "10.00"}
SEND = sms.send(messages=[SmsMessage(to="+61411111111", body="Grüße")])
SENT = {"messages": [{"status": "SUCCESS", "message_id": "A"}]}
TOKEN = base64.b64encode(f"ada:{KEY}".encode()).decode()


def refusal(status: int, code: str = "", msg: str = "", **headers: str) -> Answered:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return envelope(None, status=status, code=code, msg=msg, headers=named)


# What is sent


async def test_signs_in_and_asks_for_json(client: ApiClient, server: ScriptedServer) -> None:
    server.says(ACCOUNT)
    found = await client.call(account.get())
    assert found.username == "ada"
    request = server.requests[0]
    assert (request.method, request.path) == ("GET", "/v3/account")
    assert request.headers["authorization"] == f"Basic {TOKEN}"
    assert request.headers["accept"] == "application/json"
    assert request.headers["user-agent"].startswith("clicksend-tui")
    assert request.content == b""


async def test_no_key_leaves_where_none_is_needed(client: ApiClient, server: ScriptedServer) -> None:
    server.says([{"code": "AU", "value": "Australia"}])
    assert [country.name for country in await client.call(countries.list_())] == ["Australia"]
    assert "authorization" not in server.requests[0].headers


async def test_a_plus_in_a_query_arrives_as_a_plus(client: ApiClient, server: ScriptedServer) -> None:
    server.says({"data": []})
    await client.call(sms.history(q="from:+61411111111,status:Sent & more"))
    assert server.requests[0].query == {"q": "from:+61411111111,status:Sent & more"}


async def test_an_id_cannot_leave_its_place_in_the_path(client: ApiClient, server: ScriptedServer) -> None:
    server.says([])
    await client.call(sms.cancel("../../account?x=1"))
    assert server.requests[0].target == "/v3/sms/..%2F..%2Faccount%3Fx%3D1/cancel"


async def test_a_body_is_json(client: ApiClient, server: ScriptedServer) -> None:
    server.says(SENT)
    assert (await client.transmit(SEND)).result.messages[0].accepted
    request = server.requests[0]
    assert request.headers["content-type"] == "application/json"
    assert request.body == {"messages": [{"to": "+61411111111", "body": "Grüße"}]}


async def test_what_is_not_repeated_goes_over_a_new_connection(
    client: ApiClient, server: ScriptedServer
) -> None:
    """A kept one may be closed under the request, and then nobody knows whether it was seen."""
    for data in (ACCOUNT, ACCOUNT, SENT, SENT, SENT):
        server.says(data)
    for _ in range(2):
        await client.call(account.get())
    for _ in range(2):
        await client.transmit(SEND)
    await client.call(sms.price.bind({"messages": [{"to": "+61411111111", "body": "Hi"}]}), retry=False)
    assert [request.connection for request in server.requests] == [1, 1, 2, 3, 4]


async def test_sending_and_reading_have_doors_of_their_own(client: ApiClient, server: ScriptedServer) -> None:
    with pytest.raises(TypeError, match=r"sms\.send sends or spends"):
        await client.call(SEND)
    with pytest.raises(TypeError, match=r"account\.get neither sends nor spends"):
        await client.transmit(account.get())
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "http://rest.clicksend.com/v3",
        "http://127.0.0.1.example.com/v3",
        "ftp://127.0.0.1/v3",
        "rest.clicksend.com/v3",
        "https://",
        "http://[::1",
        "",
    ],
)
def test_the_key_never_travels_unprotected(url: str) -> None:
    with pytest.raises(InvalidInput, match="base URL"):
        ApiClient("ada", KEY, base_url=url)


@pytest.mark.parametrize("url", ["http://localhost:1/v3", "http://[::1]:1/v3", "http://127.0.0.1:1/v3/"])
def test_this_machine_needs_no_tls(url: str) -> None:
    assert KEY not in repr(ApiClient("ada", KEY, base_url=url))


# Refusals


@pytest.mark.parametrize(
    ("answer", "kind", "message", "hint"),
    [
        (
            refusal(401, "UNAUTHORIZED", "Authorization failed."),
            Unauthorized,
            "did not accept the user name and key",
            "clicksend-tui login",
        ),
        (refusal(403, "FORBIDDEN", "No access."), Forbidden, "does not allow", "inactive or banned"),
        (refusal(403, "ACCOUNT_NOT_ACTIVATED", "x"), Forbidden, "account is not active", "Activate it"),
        (refusal(403, "FORBIDDEN", "User is banned"), Forbidden, "account is banned", "support"),
        (refusal(404, "NOT_FOUND", "Record not found."), NotFound, "Record not found.", "gone"),
        (refusal(405, "NOT_FOUND", ""), NotFound, "does not offer", "withdrawn"),
        (refusal(400, "INSUFFICIENT_CREDIT", ""), Refused, "balance is too low", "Top up"),
        (refusal(400, "BAD_REQUEST", "Bad \x1b[31mthing"), Refused, "It says: Bad thing", ""),
        (Answered(404, b"<html>nginx</html>"), NotFound, "finds nothing", "a proxy may have given it"),
        (Answered(407, b""), Refused, "HTTP 407", "a proxy may have given it"),
        (refusal(400, "INTERNAL_ERROR", "x"), ServerFault, "failed at", "later"),
        (refusal(408, "", ""), ServerFault, "failed at", "later"),
    ],
)
async def test_a_refusal_says_what_happened_and_what_to_do(
    client: ApiClient,
    server: ScriptedServer,
    answer: Answered,
    kind: type[ApiError],
    message: str,
    hint: str,
) -> None:
    server.answers(answer)
    with pytest.raises(kind) as caught:
        await client.call(account.get(), retry=False)
    error = caught.value
    assert type(error) is kind
    assert message in error.message
    assert "Account" in error.message
    assert hint in error.hint
    assert (error.operation, error.status) == ("account.get", answer.status)


@pytest.mark.parametrize(("inside", "kind"), [(401, Unauthorized), ("404", NotFound), (500, ServerFault)])
async def test_an_error_may_come_inside_a_200(
    client: ApiClient, server: ScriptedServer, inside: object, kind: type[ApiError]
) -> None:
    server.says(ACCOUNT, http_code=inside, code="NO", msg="No.")
    with pytest.raises(kind) as caught:
        await client.call(account.get(), retry=False)
    assert caught.value.code == "NO"


@pytest.mark.parametrize("request_", [account.get(), contacts.lists_create("A"), SEND], ids=repr)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405])
async def test_a_refusal_is_not_repeated(
    client: ApiClient, server: ScriptedServer, request_: object, status: int
) -> None:
    server.answers(refusal(status))
    run = client.transmit if request_ is SEND else client.call
    with pytest.raises(Refused):
        await run(request_)  # type: ignore[arg-type]
    assert len(server.requests) == 1


# What comes from elsewhere


@pytest.mark.parametrize(
    "answer",
    [
        Answered(200, b"<!DOCTYPE html><title>Sign in</title>", {"content-type": "text/html"}),
        Answered(200, b""),
        Answered(200, b'{"ok": true}'),
        Answered(200, b"[1, 2]"),
        Answered(200, b"\xff\xfe"),
        Answered(200, b'{"data": ' + b"[" * 100_000),
    ],
    ids=["html", "nothing", "foreign json", "list", "binary", "nested"],
)
async def test_an_answer_that_is_not_from_clicksend(
    client: ApiClient, server: ScriptedServer, answer: Answered
) -> None:
    server.answers(answer)
    with pytest.raises(BadAnswer, match="a proxy or a login page"):
        await client.call(contacts.delete(1, 2))
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_redirects_are_not_followed(client: ApiClient, server: ScriptedServer, status: int) -> None:
    server.answers(Answered(status, b"", {"location": "/v3/elsewhere?token=x"}))
    with pytest.raises(BadAnswer) as caught:
        await client.call(account.get())
    assert caught.value.detail == "redirect to /v3/elsewhere"
    assert len(server.requests) == 1


async def test_a_damaged_answer(client: ApiClient, server: ScriptedServer) -> None:
    server.answers(Answered(200, b"not gzip", {"content-encoding": "gzip"}))
    with pytest.raises(BadAnswer, match="damaged"):
        await client.call(account.get())


# What is repeated


async def test_a_429_waits_as_long_as_it_asks(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    server.answers(refusal(429, retry_after="20"))
    server.says(ACCOUNT)
    await client.call(account.get())
    (nap,) = clock.naps
    assert 20 <= nap <= 29


async def test_a_429_may_name_a_moment_instead(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    server.answers(refusal(429, retry_after=formatdate(clock.at + 7, usegmt=True)))
    with pytest.raises(RateLimited) as caught:
        await client.call(account.get(), retry=False)
    assert caught.value.retry_after == 7


@pytest.mark.parametrize(("headers", "wait"), [({"ratelimit_reset": "39"}, 39.0), ({}, 60.0)])
async def test_a_429_without_retry_after(
    client: ApiClient, server: ScriptedServer, headers: dict[str, str], wait: float
) -> None:
    server.answers(refusal(429, "HTTP_TOO_MANY_REQUESTS", "Too many attempts.", **headers))
    with pytest.raises(RateLimited, match=f"wait {wait:.0f} seconds") as caught:
        await client.call(account.get(), retry=False)
    assert caught.value.retry_after == wait


async def test_a_429_that_asks_for_too_long_is_told_at_once(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    server.answers(refusal(429, retry_after="3600"))
    with pytest.raises(RateLimited):
        await client.call(account.get())
    assert clock.naps == []


@pytest.mark.parametrize("failure", [RESET, refusal(500), refusal(503), Answered(502, b"<html>")])
async def test_a_read_is_repeated_until_it_is_answered(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock, failure: Answered | str
) -> None:
    server.answers(failure, failure)
    server.says(ACCOUNT)
    assert (await client.call(account.get())).user_id == 1
    assert len(clock.naps) == 2


async def test_a_read_gives_up_in_the_end(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    server.answers(*[refusal(500)] * 10)
    with pytest.raises(ServerFault) as caught:
        await client.call(account.get())
    assert len(server.requests) == 4
    assert len(clock.naps) == 3
    assert "not known" not in caught.value.message


async def test_nothing_is_repeated_for_who_does_not_want_it(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    server.answers(refusal(500), refusal(429, retry_after="1"))
    for _ in range(2):
        with pytest.raises(ApiError):
            await client.call(account.get(), retry=False)
    assert clock.naps == []


CHANGES = [
    contacts.lists_create("A"),
    templates.sms_update(1, "A", "B"),
    sms.inbound_mark_read_one("A"),
    contacts.delete(1, 2),
]


@pytest.mark.parametrize(
    "failure", [RESET, refusal(500), Answered(200, b"<html>")], ids=["reset", "500", "html"]
)
@pytest.mark.parametrize("request_", CHANGES, ids=repr)
async def test_a_change_is_not_repeated_once_it_left(
    client: ApiClient, server: ScriptedServer, failure: Answered | str, request_: object
) -> None:
    server.answers(failure)
    with pytest.raises(AnswerLost, match="Whether it was done is not known"):
        await client.call(request_)  # type: ignore[arg-type]
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "failure",
    [RESET, refusal(500), refusal(503, retry_after="1"), Answered(502, b"<html>"), Answered(200, b"<html>")],
    ids=["reset", "500", "503", "502", "html"],
)
async def test_a_send_is_never_repeated_once_it_left(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock, failure: Answered | str
) -> None:
    server.answers(failure)
    server.says(SENT)
    with pytest.raises(AnswerLost, match="Whether it was done is not known") as caught:
        await client.transmit(SEND)
    assert caught.value.may_have_happened
    assert len(server.requests) == 1
    assert clock.naps == []


async def test_a_send_is_repeated_after_a_429(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    server.answers(refusal(429, retry_after="2"))
    server.says(SENT)
    assert (await client.transmit(SEND)).result.messages[0].accepted
    assert len(server.requests) == 2


async def test_silence_after_a_send_leaves_it_unknown(server: ScriptedServer, clock: TurnableClock) -> None:
    server.answers(SILENCE, SILENCE)
    async with ApiClient("ada", KEY, base_url=server.url, timeout=0.05, sleep=clock.sleep) as client:
        with pytest.raises(AnswerLost, match="no answer came in time") as caught:
            await client.transmit(SEND)
        assert type(caught.value) is AnswerLost
        assert "before doing it again" in caught.value.hint
    assert len(server.requests) == 1


async def test_a_refused_connection_is_surely_not_a_send(clock: TurnableClock) -> None:
    server = ScriptedServer()
    await server.start()
    url = server.url
    await server.stop()
    async with ApiClient("ada", KEY, base_url=url, sleep=clock.sleep) as client:
        with pytest.raises(Unreachable, match="Nothing was sent") as caught:
            await client.transmit(SEND)
    assert not caught.value.may_have_happened
    assert "refused" in caught.value.message
    assert len(clock.naps) == 3


async def test_a_name_that_cannot_be_looked_up(clock: TurnableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    async with ApiClient("ada", KEY, sleep=clock.sleep) as client:
        with pytest.raises(Unreachable, match=r"rest\.clicksend\.com cannot be reached.*looked up") as caught:
            await client.transmit(SEND)
    assert "name server" in caught.value.hint


async def test_what_speaks_no_tls_is_surely_not_reached(clock: TurnableClock) -> None:
    async def speak_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as plain:
        url = f"https://127.0.0.1:{plain.sockets[0].getsockname()[1]}/v3"
        async with ApiClient("ada", KEY, base_url=url, sleep=clock.sleep) as client:
            with pytest.raises(Unreachable, match="no protected connection"):
                await client.transmit(SEND)


async def test_an_answer_that_cannot_be_read_after_a_send_leaves_it_unknown(
    client: ApiClient, server: ScriptedServer
) -> None:
    server.says({"messages": "none"})
    with pytest.raises(BadAnswer, match="cannot be understood") as caught:
        await client.transmit(SEND)
    assert caught.value.may_have_happened


async def test_a_cancelled_call_is_cancelled(client: ApiClient, server: ScriptedServer) -> None:
    server.answers(SILENCE)
    task = asyncio.create_task(client.call(account.get()))
    await server.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# Pages


def page(number: int, last: int, *names: str, **more: object) -> Answered:
    rows = [{"template_id": index, "template_name": name} for index, name in enumerate(names, 1)]
    return envelope({"current_page": number, "last_page": last, "total": 3, "data": rows, **more})


async def names_of(client: ApiClient) -> list[str]:
    return [row.template_name async for found in client.pages(templates.sms_list()) for row in found.items]


async def test_pages_are_counted_and_no_url_followed(client: ApiClient, server: ScriptedServer) -> None:
    server.answers(page(1, 2, "a", "b", next_page_url="https://evil.example/?page=2"), page(2, 2, "c"))
    assert await names_of(client) == ["a", "b", "c"]
    assert [request.query for request in server.requests] == [
        {"page": "1", "limit": "100"},
        {"page": "2", "limit": "100"},
    ]
    assert {request.path for request in server.requests} == {"/v3/sms/templates"}


@pytest.mark.parametrize(
    "data", [{"total": 0, "current_page": 1, "last_page": 0}, [], {"last_page": 9, "data": []}]
)
async def test_an_empty_list_is_one_page(client: ApiClient, server: ScriptedServer, data: object) -> None:
    server.says(data)
    assert await names_of(client) == []
    assert len(server.requests) == 1


async def test_without_a_last_page_a_short_page_is_the_last(
    client: ApiClient, server: ScriptedServer
) -> None:
    full = [{"template_id": number, "template_name": str(number)} for number in range(15)]
    server.says({"data": full})
    server.says({"data": full[:1]})
    found = [page.items async for page in client.pages(templates.sms_list(), limit=15)]
    assert [len(items) for items in found] == [15, 1]


async def test_pages_keep_the_search(client: ApiClient, server: ScriptedServer) -> None:
    server.says({"data": [], "last_page": 1})
    async for _ in client.pages(sms_campaigns.list_(order_by="date_added:desc"), limit=50):
        pass
    assert server.requests[0].query == {"order_by": "date_added:desc", "page": "1", "limit": "50"}


async def test_what_has_no_pages_cannot_be_paged(client: ApiClient) -> None:
    with pytest.raises(TypeError, match="has no pages"):
        await anext(client.pages(account.get()))  # type: ignore[arg-type]


# What headers tell


async def test_the_servers_clock_is_noted(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    assert client.server_time_offset is None
    server.answers(envelope(ACCOUNT, headers={"date": formatdate(clock.at + 90, usegmt=True)}))
    await client.call(account.get())
    assert client.server_time_offset == 90


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 99 Foo 2026 00:00:00 GMT"])
async def test_a_date_that_is_none_changes_nothing(
    client: ApiClient, server: ScriptedServer, date: str
) -> None:
    server.answers(envelope(ACCOUNT, headers={"date": date}))
    await client.call(account.get())
    assert client.server_time_offset is None


async def test_the_rate_limit_of_each_operation_is_noted(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock
) -> None:
    headers = {"x-ratelimit-limit": "20", "x-ratelimit-remaining": "19", "ratelimit-reset": "60"}
    server.answers(envelope(ACCOUNT, headers=headers))
    server.says([])
    await client.call(account.get())
    await client.call(contacts.delete(1, 2))
    assert client.limits == {"account.get": RateLimit(20, 19, clock.at + 60)}


# The key


@pytest.mark.parametrize(
    "answer", [RESET, SILENCE, refusal(401), refusal(500), Answered(200, b"<html>"), Answered(302)], ids=repr
)
async def test_the_key_is_in_no_error_traceback_or_log(
    server: ScriptedServer, answer: Answered | str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers(answer)
    async with ApiClient("ada", KEY, base_url=server.url, timeout=0.05) as client:
        with pytest.raises(ApiError) as caught:
            await client.call(account.get(), retry=False)
        error = caught.value
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    # The library's own frames hold the header: nothing may lead from our error to them.
    assert error.__context__ is None
    assert error.__cause__ is None
    for secret in (KEY, TOKEN):
        assert secret not in f"{shown}{error!r}{error}{vars(error)}{caplog.text}{client!r}"
