"""Forms: what is typed, what is understood, what is wrong with it and where that is said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from tui.core.errors import AnswerLost, ConsoleError, InvalidInput, Refused
from tui.widgets import themes
from tui.widgets.choice_field import ChoiceField
from tui.widgets.choose_sheet import Choice, ChooseSheet
from tui.widgets.field import Field
from tui.widgets.form import Form, Trouble
from tui.widgets.text_field import TextField

CHOICES = [Choice(str(number), f"List {number}", f"{number:,} contacts") for number in range(3000)]


def even(typed: str) -> str:
    if not typed.isdigit() or int(typed) % 2:
        raise InvalidInput(f"{typed} is not even.", field="number", hint="Type 2.")
    return f"twice {int(typed) // 2}"


class FormApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[str, str]] = []
        self.form = Form(
            (
                TextField("name", "Name", required="Give it a name."),
                TextField("number", "Number", check=even),
                TextField("eager", "Eager", check=even, eager=True),
                ChoiceField("list_id", "To", CHOICES, required="Choose a list."),
            ),
            more=(TextField("custom_1", "Custom 1"), TextField("address_city", "City")),
            more_words="the rest",
        )

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return variables | themes.own_tokens(self.current_theme, variables)

    def compose(self) -> ComposeResult:
        yield self.form

    def on_field_changed(self, event: Field.Changed) -> None:
        self.changes.append((event.field.key, event.value))

    def type(self, **values: str) -> None:
        for key, value in values.items():
            self.form.field(key).query_one(Input).value = value

    @property
    def problems(self) -> Mapping[str, str]:
        return {field.key: field.problem for field in self.form.fields if field.problem}


async def test_values_hold_every_field_mounted_or_not() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        app.type(name="  Ada ")
        await pilot.pause()
        assert app.form.values == {
            "name": "Ada", "number": "", "eager": "", "list_id": "", "custom_1": "", "address_city": "",
        }  # fmt: skip
        assert app.changes == [("name", "  Ada ")]


async def test_examine_says_everything_and_goes_to_the_first() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        app.type(number="3")
        app.form.field("number").focus_control()
        await pilot.pause()
        assert not await app.form.examine()
        await pilot.pause()
        assert app.problems == {
            "name": "Give it a name.", "number": "3 is not even. Type 2.", "list_id": "Choose a list.",
        }  # fmt: skip
        assert app.focused is app.form.field("name").query_one(Input)
        app.type(name="Ada", number="4")
        app.form.field("list_id").choose(CHOICES[7])
        await pilot.pause()
        assert not app.problems, "a problem is forgotten when the value changes"
        assert await app.form.examine()
        assert app.form.field("number").note == "twice 2"


async def test_a_field_is_examined_when_it_is_left_not_while_typing() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        app.form.field("number").focus_control()
        await pilot.press("3")
        assert not app.problems
        await pilot.press("tab")
        assert app.problems == {"number": "3 is not even. Type 2."}


async def test_an_eager_field_is_understood_while_it_is_typed() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        field = app.form.field("eager")
        field.focus_control()
        await pilot.press("8")
        assert field.note == "twice 4"
        await pilot.press("1")
        assert (field.note, field.problem) == ("", "")


async def test_more_opens_and_keeps_what_was_typed() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        app.type(name="Ada")
        await app.form.show_all()
        await pilot.press("x")
        assert app.form.values["custom_1"] == "x"
        assert app.form.values["name"] == "Ada"


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (InvalidInput("No.", field="number"), "number"),
        (InvalidInput("No.", field="address_city"), "address_city"),
        (Refused("ClickSend refused.", operation="x", detail="The custom 1 field is too long."), "custom_1"),
        (Refused("ClickSend refused.", operation="x", detail="address_city: not known"), "address_city"),
    ],
)
async def test_an_error_is_said_at_the_field_it_is_about(error: ConsoleError, key: str) -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        await app.form.show_error(error)
        await pilot.pause()
        assert list(app.problems) == [key]
        assert app.focused is app.form.field(key).query_one(Input)
        assert not app.query_one(Trouble).words


@pytest.mark.parametrize(
    "error",
    [
        InvalidInput("No such thing.", field="elsewhere", hint="Do another."),
        Refused("No such thing.", operation="x", detail="Nobody knows why."),
        AnswerLost("No such thing.", operation="x", detail="The name of the number."),
    ],
)
async def test_any_other_error_is_said_beneath(error: ConsoleError) -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        await app.form.show_error(error)
        await pilot.pause()
        said = "".join(span.text for span in app.query_one(Trouble).words)
        assert "No such thing." in said
        assert error.hint in said
        assert getattr(error, "detail", "") in said
        assert not app.problems
        app.type(name="Ada")
        await app.form.examine()
        assert not app.query_one(Trouble).words


async def test_choosing_narrows_by_typing() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        app.form.field("list_id").focus_control()
        await pilot.press("2")
        assert isinstance(app.screen, ChooseSheet)
        await pilot.press("9", "9", "9", "space", "c", "o", "n")
        assert [row.value for row in app.screen.table.window.page(0)] == ["2999"]
        await pilot.press("enter")
        await pilot.pause()
        assert app.form.values["list_id"] == "2999"


async def test_leaving_the_choices_leaves_the_choice() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        app.form.field("list_id").choose(CHOICES[5])
        app.form.field("list_id").focus_control()
        await pilot.press("enter")
        assert app.screen.table.row.value == "5", "the list opens at what is chosen"
        await pilot.press("down", "escape")
        await pilot.pause()
        assert app.form.values["list_id"] == "5"


async def test_a_text_field_offers_choices_and_takes_anything() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        field = app.form.field("name")
        field.choices = CHOICES[:3]
        field.focus_control()
        await pilot.press("down")
        assert isinstance(app.screen, ChooseSheet)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.form.values["name"] == "1"
        assert not field.query_one(Input).has_focus  # chosen, so the next field is the one to fill
        field.focus_control()
        await pilot.press("end", "x")
        assert app.form.values["name"] == "1x"
