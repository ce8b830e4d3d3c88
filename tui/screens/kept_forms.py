"""What people write down for themselves: a note, the name of a search, a canned reply of their own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from textual import work

from tui.core.errors import ConsoleError, InvalidInput
from tui.store.kept_texts import KeptText, Kind, drop_text, keep_text
from tui.widgets.form import Form
from tui.widgets.form_sheet import FormSheet
from tui.widgets.spans import Line, Span, fit
from tui.widgets.text_field import TextBlockField, TextField


class _LocalForm(FormSheet["str | None"]):
    """A form whose values go no further than the file."""

    AUTO_FOCUS = "Form Input, Form TextArea"

    def action_go_on(self) -> None:
        """Keep what was typed."""
        self._go_on()

    @work(exclusive=True, exit_on_error=False)
    async def _go_on(self) -> None:
        if not await self.form.examine():
            return
        try:
            result = await self.keep(self.form.values)
        except ConsoleError as error:
            await self.form.show_error(error)
        else:
            self.forget_draft()
            self.dismiss(result)

    @abstractmethod
    async def keep(self, values: Mapping[str, str]) -> str:
        """Write it down; the result of the sheet."""

    async def keep_text(self, kind: Kind, typed: str, text: str, before: str) -> str:
        """Keep a text under the name that was typed, in place of the one `before`; the name.

        One that has the name already is not replaced unseen.
        """
        store, name = self.services.store, " ".join(typed.split())
        is_same = name.casefold() == before.casefold()
        if not is_same and name.casefold() in {each.name.casefold() for each in store.kept_texts(kind)}:
            raise InvalidInput(f"There is one called {name}.", hint="Choose another name.", field="name")
        await store.write(keep_text, kind, name, text)
        if before and not is_same:
            await store.write(drop_text, kind, before)
        return name


class NoteScreen(_LocalForm):
    """A note about these counterparts; the result is its text, which whoever asked writes down."""

    def __init__(self, counterparts: Sequence[str], title: str) -> None:
        super().__init__(f"note {' '.join(counterparts[:3])}", {"note": ""})
        self.title_words = f"Note about {title}"

    def make_form(self, values: Mapping[str, str]) -> Form:
        words = "Kept here, shown in the thread, never sent."
        return Form(
            (TextBlockField("note", "Note", values["note"], placeholder=words, required="Write the note."),)
        )

    async def keep(self, values: Mapping[str, str]) -> str:
        return values["note"]


class SearchNameScreen(_LocalForm):
    """The name under which a search is kept; the result is that name."""

    def __init__(self, search: str, name: str = "") -> None:
        super().__init__("save search", {"name": name})
        self.search = search
        self.title_words = "Save this search"

    def make_form(self, values: Mapping[str, str]) -> Form:
        return Form((TextField("name", "Name", values["name"], required="Give the search a name."),))

    def title_note(self) -> Line:
        return (Span(fit(self.search, 40), "muted"),)

    async def keep(self, values: Mapping[str, str]) -> str:
        return await self.keep_text("search", values["name"], self.search, self.initial["name"])


class CannedReplyScreen(_LocalForm):
    """A canned reply of one's own, new or changed; the result is its name."""

    def __init__(self, reply: KeptText | None = None) -> None:
        known = {"name": reply.name, "text": reply.text} if reply else {"name": "", "text": ""}
        super().__init__(f"canned reply {reply.name}" if reply else "new canned reply", known)
        self.reply = reply
        self.title_words = "Change a canned reply" if reply else "New canned reply"

    def make_form(self, values: Mapping[str, str]) -> Form:
        name = TextField("name", "Name", values["name"], required="Give it a name.")
        words = "Hi (First Name), ..."
        text = TextBlockField("text", "Text", values["text"], placeholder=words, required="Write the reply.")
        return Form((name, text))

    async def keep(self, values: Mapping[str, str]) -> str:
        return await self.keep_text("reply", values["name"], values["text"], self.initial["name"])
