"""Signing in: a user name and a key are tried at ClickSend first, and then kept where the user wants."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.core.errors import ConsoleError, CredentialError
from tui.signing_in import account_trouble, ask_whose, refusal_words
from tui.widgets.choice_field import ChoiceField
from tui.widgets.choose_sheet import Choice
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.header import content
from tui.widgets.sheet import Fact, Facts, SheetScreen
from tui.widgets.spans import Span, Tone
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.api.models.account import Account
    from tui.app import ConsoleApp
    from tui.credentials import Credentials

KEYRING, MEMORY = "keyring", "memory"
PLACES = (
    Choice(KEYRING, "in the keyring of this machine"),
    Choice(MEMORY, "only until the console is left"),
)
WHERE_TO_FIND = "ClickSend dashboard, Developers, API credentials"


class _KeyInput(Input):
    """Shows dots, and never says in a message what was typed: messages can end up in logs."""

    class Entered(Message):
        """Enter was pressed."""

    def __init__(self) -> None:
        super().__init__(password=True, select_on_focus=False)
        self.cursor_blink = False

    def post_message(self, message: Message) -> bool:
        if isinstance(message, Input.Changed | Input.Blurred):
            return False
        return super().post_message(self.Entered() if isinstance(message, Input.Submitted) else message)


class KeyField(Field):
    """The key. It stays in its control: the value of this field, which forms collect, is always empty."""

    def compose_control(self) -> Iterable[Widget]:
        yield _KeyInput()

    def focus_control(self) -> None:
        self.query_one(_KeyInput).focus()

    def show_value(self) -> None:
        """There is none to show."""

    @property
    def typed(self) -> str:
        """The key as typed."""
        return self.query_one(_KeyInput).value.strip()

    def examine(self) -> bool:
        self.problem = "" if self.typed else self.required
        return not self.problem


@dataclass(frozen=True, slots=True)
class _Kept:
    """What became of the wish to keep the key: a sentence, and whether it is what the user wanted."""

    words: str
    as_wanted: bool = True


class SignInScreen(SheetScreen[None]):
    """Ctrl+J (or Enter after the key) tries it; Escape goes on with what is stored; F2 opens the demo."""

    CSS_PATH = "sign_in.tcss"
    BINDINGS = [("ctrl+j,f9", "sign_in", "sign in"), ("f2,ctrl+o", "demo", "demo")]
    AUTO_FOCUS = "Form Input"
    title_words = "Sign in to ClickSend"

    if TYPE_CHECKING:
        app: ConsoleApp

    def compose_body(self) -> Iterable[Widget]:
        launch = self.app.launch
        self.trying = self.connecting = False
        yield Static(content([Span(self._why())]), id="sign-in-why")
        tried = self._tried()
        facts = Facts(tried, id="sign-in-tried")
        facts.set_class(not tried, "-none")
        yield facts
        where = MEMORY if launch.demo or self._keyring_fails() else KEYRING
        yield Form(
            (
                TextField("username", "User name", launch.username, required="Type the user name."),
                KeyField("key", "API key", required="Paste the API key."),
                ChoiceField("keep", "Keep the key", PLACES, where),
            )
        )
        yield Static("", id="sign-in-state")

    def on_mount(self) -> None:
        self.key_field.note = WHERE_TO_FIND
        if self.app.launch.username:
            self.key_field.focus_control()

    def hints(self) -> Sequence[tuple[str, str]]:
        demo = () if self.app.launch.demo else (("F2", "demo"),)
        return (*demo, ("Esc", "stay offline"), ("Ctrl+J", "sign in"))

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    @property
    def key_field(self) -> KeyField:
        return self.query_one(KeyField)

    # Why it is asked

    def _why(self) -> str:
        problem = self.app.services.problem
        if isinstance(problem, CredentialError):
            return "No user name and key were found. What is stored here stays readable."
        if problem is not None:
            return refusal_words(problem)
        signed_in = self.app.services.credentials
        return f"Signed in as {signed_in.username}, from the {signed_in.source}." if signed_in else ""

    def _tried(self) -> Sequence[Fact]:
        problem = self.app.services.problem
        tried = problem.tried if isinstance(problem, CredentialError) else ()
        return [(place.capitalize(), ((Span(words, "muted"),),)) for place, words in tried]

    def _keyring_fails(self) -> bool:
        """Whether the keyring was asked a moment ago and said more than that it holds nothing."""
        problem = self.app.services.problem
        tried = dict(problem.tried) if isinstance(problem, CredentialError) else {}
        return "keyring" in tried and not tried["keyring"].startswith("It has no key")

    # What can be done

    def action_leave(self) -> None:
        if self.connecting:
            return  # Soon over; broken off, it would leave the console connected by half.
        self.dismiss(None)
        if self.app.services.problem is not None:
            self.app.notify(
                "Not signed in. Ctrl+P, then “sign in”, asks again.",
                markup=False,
                timeout=6,
            )

    def action_demo(self) -> None:
        if self.app.launch.demo is None:
            self.app.open_demo()

    @on(_KeyInput.Entered)
    async def action_sign_in(self) -> None:
        if not self.trying and await self.form.examine():
            self._try()

    # No argument and no description: Textual would write them down.
    @work(group="sign in", exit_on_error=False, description="")
    async def _try(self) -> None:
        from tui.credentials import check_credentials

        self.trying = True
        try:
            given = check_credentials(self.form.values["username"], self.key_field.typed, "sign-in screen")
            self._say("Asking ClickSend.", "muted")
            account = await self._verified(given)
            self.connecting = True
            kept = await self._keep(given)
            await self.app.services.connect(given)
        except ConsoleError as error:
            self._say(str(error), "bad")
            return
        finally:
            self.trying = self.connecting = False
        self.dismiss(None)
        trouble = account_trouble(account)
        self.app.notify(
            " ".join(filter(None, (f"Signed in as {given.username}.", kept.words, trouble))),
            severity="warning" if trouble or not kept.as_wanted else "information",
            markup=False,
            timeout=12 if trouble or not kept.as_wanted else 6,
        )

    async def _verified(self, given: Credentials) -> Account:
        """The account that these open. Refuses one that may not be used, and another than is stored here."""
        launch = self.app.launch
        base_url = await asyncio.to_thread(launch.demo.wait_for_url) if launch.demo else launch.base_url
        found = await ask_whose(given, base_url)
        stored = self.app.services.store.account()
        if stored is not None and stored.extra.get("user_id", found.user_id) != found.user_id:
            raise CredentialError(
                f"Profile {launch.profile} holds the messages of another account, {stored.username}.",
                hint="Start clicksend-tui with --profile and a new name to sign in to this one.",
            )
        return found

    async def _keep(self, given: Credentials) -> _Kept:
        from tui.credentials import save

        if self.form.values["keep"] != KEYRING:
            return _Kept("The key is kept until the console is left.")
        try:
            backend = await asyncio.to_thread(save, self.app.launch.profile, given)
        except CredentialError as error:
            return _Kept(f"{error.message} It is in memory until the console is left.", as_wanted=False)
        return _Kept(f"The key is kept in the keyring ({backend}).")

    def _say(self, words: str, tone: Tone) -> None:
        """Say how it goes, in the room of what was said before the first try."""
        self.set_class(True, "-tried")
        state = self.query_one("#sign-in-state", Static)
        state.update(content([Span("! " if tone == "bad" else "", tone), Span(words, tone)]))
        self.call_after_refresh(state.scroll_visible, animate=False)
