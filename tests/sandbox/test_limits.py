"""The rate limit that ClickSend does not document, and the date that every answer tells."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.stage import playing
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

LIMIT = 20


def test_the_account_may_be_asked_for_twenty_times_a_minute(clock: ManualClock, world: World) -> None:
    with playing(world, rate_limit=True) as url:
        caller, stranger = Caller(url), Caller(url, "demo", "wrong")
        for used in range(LIMIT - 1):
            headers = caller.ask("GET", "/account").headers
            assert headers["x-ratelimit-limit"] == "20"
            assert headers["x-ratelimit-remaining"] == str(LIMIT - 1 - used)
        refused = stranger.ask("GET", "/account")
        assert (refused.status_code, refused.headers["x-ratelimit-remaining"]) == (401, "0")
        clock.advance(21)
        limited = caller.ask("GET", "/account")
        assert limited.status_code == 429
        assert limited.headers["retry-after"] == limited.headers["ratelimit-reset"] == "39"
        assert limited.json() == {
            "http_code": 429,
            "response_code": "HTTP_TOO_MANY_REQUESTS",
            "response_msg": "Too many attempts.",
            "data": None,
        }
        assert caller.get("/lists")["total"] == 4
        clock.advance(39)
        assert caller.ask("GET", "/account").status_code == 200
        caller.close()
        stranger.close()


def test_there_is_no_limit_unless_asked_for(caller: Caller) -> None:
    answers = [caller.ask("GET", "/account") for _ in range(LIMIT + 1)]
    assert {answer.status_code for answer in answers} == {200}
    assert "x-ratelimit-limit" not in answers[0].headers


def test_the_date_is_that_of_the_turned_clock(caller: Caller, clock: ManualClock) -> None:
    clock.advance(3_600)
    date = parsedate_to_datetime(caller.ask("GET", "/account").headers["date"])
    assert date.timestamp() == clock.now()


@pytest.mark.parametrize("latency", [30])
def test_latency_holds_every_answer_back(world: World, latency: int) -> None:
    with playing(world, latency=latency) as url:
        caller = Caller(url)
        answer = caller.ask("GET", "/account")
        caller.close()
    assert answer.elapsed.total_seconds() * 1000 >= latency
