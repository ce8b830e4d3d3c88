"""What the console does when the terminal tells that nobody looks at it."""

from __future__ import annotations

from textual import events

from tests.screens.conftest import Start


async def test_clicksend_is_asked_less_often_while_the_terminal_has_no_focus(start: Start) -> None:
    async with start() as console:
        services = console.app.services
        assert services.sync.watched
        console.app.post_message(events.AppBlur())
        await console.until(lambda: not services.sync.watched, "slower polls")
        await services.connect(services.credentials)
        assert not services.sync.watched
        console.app.post_message(events.AppFocus())
        await console.until(lambda: services.sync.watched, "polls as usual")
