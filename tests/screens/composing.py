"""Writing on any channel by keys alone, as a person at the keyboard would."""

from __future__ import annotations

from textual import events

from tests.screens.conftest import Console
from tui.screens.compose import ComposeScreen
from tui.screens.compose_channel import ChannelSheet
from tui.screens.confirm import ConfirmSendScreen


async def paste(console: Console, text: str) -> None:
    """Have the terminal paste a text where the cursor is."""
    console.app.post_message(events.Paste(text))
    await console.pilot.pause()


async def choose_channel(console: Console, words: str) -> ComposeScreen:
    """`c`, the words that narrow the list to one channel, Enter."""
    await console.press("c")
    await console.until(lambda: isinstance(console.app.screen, ChannelSheet))
    await paste(console, words)
    await console.press("enter")
    await console.until(lambda: isinstance(console.app.screen, ComposeScreen), f"the form for {words}")
    return form_of(console)


def form_of(console: Console) -> ComposeScreen:
    """The compose sheet on view."""
    assert isinstance(console.app.screen, ComposeScreen)
    return console.app.screen


async def fill(console: Console, values: dict[str, str]) -> None:
    """Go from field to field with Tab, and paste what belongs in each."""
    sheet = form_of(console)
    for key, text in values.items():
        field = sheet.form.field(key)
        for _ in range(40):
            if field.has_class("-active"):
                break
            await console.press("tab")
        assert field.has_class("-active"), f"Tab never came to {key}"
        await paste(console, text)
        await console.until(lambda text=text, field=field: text in field.value, f"{key} to be {text}")


async def go_on(console: Console) -> str:
    """Ctrl+J to the confirm screen; what that says."""
    await console.press("ctrl+j")
    await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen), "the confirm screen")
    return console.text


async def send(console: Console, before: int) -> str:
    """Ctrl+J once more, and wait until it is accepted; the state in the outbox."""
    await console.press("ctrl+j")
    outbox = console.app.services.store.outbox
    await console.until(lambda: len(outbox()) > before and outbox()[-1].state != "sending", "the outcome")
    await console.until(lambda: len(console.app.screen_stack) == 1, "the form to close")
    return outbox()[-1].state
