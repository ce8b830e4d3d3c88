"""Every operation of ClickSend from the shell: which there are, and running one."""

from __future__ import annotations

import os

import click

from tui.command_line import fail, profile_option, say
from tui.core.errors import ConsoleError
from tui.core.paths import find_paths
from tui.launching import Options, load_launch

_EXIT_CODES = """\b
Exit codes:
  2  something typed cannot be used     5  ClickSend cannot be reached
  3  no key, or a wrong one             6  whether it was done is not known:
  4  ClickSend refused it                  look before doing it again
"""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON instead of columns.")
def operations(as_json: bool) -> None:
    """List every operation of ClickSend that `call` can run.

    Columns: id, method, path, effect, what prices it, title.
    """
    from tui.call import listing

    say(listing(as_json=as_json))


def _operation_ids(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """What the shell completes an operation with."""
    from tui.api.operation import catalogue

    return [id for id in catalogue() if id.startswith(begun)]


@click.command(epilog=_EXIT_CODES)
@click.argument("operation", metavar="OPERATION", shell_complete=_operation_ids)
@click.argument("pairs", metavar="[NAME=VALUE]...", nargs=-1)
@profile_option
@click.option("--json", "body", metavar="BODY|@FILE|-", help="Arguments as one JSON object.")
@click.option("--all-pages", is_flag=True, help="Print the rows of every page as one list.")
@click.option("--yes", is_flag=True, help="Send, spend, mark or delete; without it that is only told.")
@click.option(
    "--confirm",
    "words",
    metavar="WORDS",
    default="",
    help='"price unknown" where there is no price, "send anyway" beyond a limit of the settings.',
)
@click.pass_obj
def call(
    options: Options,
    operation: str,
    pairs: tuple[str, ...],
    profile: str | None,
    body: str | None,
    all_pages: bool,
    yes: bool,
    words: str,
) -> None:
    """Run one operation and print ClickSend's answer as JSON.

    \b
      clicksend-tui call sms.history q=status:Failed date_from="3 days ago"
      clicksend-tui call sms.send messages.to=+61411111111 messages.body=Hi --yes
      clicksend-tui call contacts.lists_import list_id=428 file_url=@people.csv field_order=phone

    Values are typed as in the console: times as "tomorrow 9am", files as @path, several parted by commas.
    What sends or spends prints its price first, and needs --yes.
    """
    from tui.call import Wanted, exit_code_of, find, parse_json, parse_pairs, run

    found = None
    try:
        found = find(operation)
        wanted = Wanted(found, parse_pairs(pairs), parse_json(body), all_pages, yes, words)
        launch = load_launch(options, profile)
        find_paths(os.environ).create()
        code = run(launch, wanted)
    except ConsoleError as error:
        fail(str(error), exit_code_of(error, found))
    raise click.exceptions.Exit(code)
