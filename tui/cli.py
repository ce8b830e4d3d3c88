"""The command line: the console, its demo, a local ClickSend, signing in and out, and the doctor."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable

import click

from tui.command_line import ASCII, CANNOT_START, Commands, fail, profile_option, say
from tui.core.errors import SettingsError
from tui.core.paths import find_paths
from tui.core.settings import Launch, Settings, load_settings
from tui.core.text import clean_line
from tui.launching import Options, load_launch, make_launch, start_log
from tui.operation_commands import call, operations

MESSAGES, SEED = 400, 1
"""What a sandbox holds when nothing is said."""

_ENVIRONMENT = """\b
Environment:
  CLICKSEND_USERNAME     user name, with CLICKSEND_API_KEY
  CLICKSEND_API_KEY      the key; stronger than the keyring
  CLICKSEND_BASE_URL     where the API is (https://rest.clicksend.com/v3)
  CREDENTIALS_DIRECTORY  folder with clicksend-api-key and clicksend-username
  CLICKSEND_TUI_HOME     one folder for settings, data and logs
"""


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("clicksend-tui")
    except PackageNotFoundError:
        number = "(run from its source, not installed)"
    say(f"clicksend-tui {number}")
    ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_ENVIRONMENT,
)
@click.option("--profile", metavar="NAME", help="Profile to open, instead of the one in the settings.")
@click.option(
    "--read-only", is_flag=True, help="Hide and refuse everything that changes something at ClickSend."
)
@click.option(
    "--credential-command",
    metavar="COMMAND",
    help="Command that prints the key, or username:key. It is run without a shell and without a terminal.",
)
@click.option(
    "--base-url", metavar="URL", envvar="CLICKSEND_BASE_URL", help="Where the API is, when not at ClickSend."
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(
    ctx: click.Context,
    profile: str | None,
    read_only: bool,
    credential_command: str | None,
    base_url: str | None,
) -> None:
    """Messages, campaigns, contacts, receipts and balance of a ClickSend account, in the terminal.

    Without a command it opens the console, which asks for a key if it finds none, and can show the demo.
    """
    ctx.obj = Options(profile, base_url, credential_command, read_only)
    if ctx.invoked_subcommand is None:
        ctx.exit(open_console(ctx.obj))


# The console


def open_console(options: Options) -> int:
    """Run the console on a profile; the exit code."""
    prepare_terminal()
    paths = find_paths(os.environ)
    launch = make_launch(options, paths, load_settings(paths.config))
    paths.create()
    code = run_app(launch)
    from tui.app import OPEN_DEMO

    return open_demo(options.read_only, launch.settings) if code == OPEN_DEMO else code


def prepare_terminal() -> None:
    """End with one line if nothing can be drawn here; else settle what Textual reads when it is imported."""
    from tui.core.terminal import Terminal

    if refusal := Terminal.here().refusal:
        fail(refusal, CANNOT_START)
    if os.environ.get("SSH_CONNECTION"):
        # A slow link tears arrow keys into Escape and letters, which are keys of their own.
        os.environ.setdefault("ESCDELAY", "500")


def run_app(launch: Launch) -> int:
    """Start the log and the app; the exit code."""
    start_log(launch.log, launch.settings.log_level)
    # Starting makes hardly any garbage, and looking for it among all that is imported costs a tenth of the
    # time to the first frame. The app turns it on again once everything is loaded.
    gc.disable()
    from tui.running import run

    return run(launch)


# The demo


def open_demo(
    read_only: bool, settings: Settings, *, messages: int = MESSAGES, seed: int = SEED, quiet: bool = False
) -> int:
    """Run the console on a sandbox with invented data; the exit code."""
    from tui.demo import demo_launch

    with demo_launch(settings, read_only, messages=messages, seed=seed, quiet=quiet) as launch:
        return run_app(launch)


def _sandbox_data(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what a sandbox holds."""
    messages = click.option(
        "--messages",
        type=click.IntRange(0, 1_000_000),
        default=MESSAGES,
        show_default=True,
        metavar="N",
        help="How many messages there are at first. 0 is an account that has nothing.",
    )
    seed = click.option(
        "--seed",
        type=int,
        default=SEED,
        show_default=True,
        metavar="N",
        help="Another number invents other people and messages.",
    )
    quiet = click.option(
        "--quiet", is_flag=True, help="Nobody writes unasked; people only answer what they are sent."
    )
    return messages(seed(quiet(command)))


@main.command()
@_sandbox_data
@click.pass_obj
def demo(options: Options, messages: int, seed: int, quiet: bool) -> None:
    """Try the console on an invented account.

    Nothing leaves this machine, and nothing stays on it.
    """
    prepare_terminal()
    settings = load_settings(find_paths(os.environ).config)
    code = open_demo(options.read_only, settings, messages=messages, seed=seed, quiet=quiet)
    raise click.exceptions.Exit(code)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    metavar="N",
    help="0 takes a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--allow-remote", is_flag=True, help="Listen beyond this machine: anybody there could use it.")
@_sandbox_data
@click.option(
    "--latency",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="MS",
    help="Milliseconds to wait before each answer.",
)
@click.option(
    "--rate-limit", is_flag=True, help="Limit /account to 20 calls a minute, as ClickSend was seen to."
)
@click.option("--until-stdin-closes", is_flag=True, hidden=True)
def sandbox(
    port: int,
    host: str,
    allow_remote: bool,
    messages: int,
    seed: int,
    quiet: bool,
    latency: int,
    rate_limit: bool,
    until_stdin_closes: bool,
) -> None:
    """Serve a local ClickSend to try things on.

    The first line tells its URL, user name and key. What it holds is invented, changes as you use it, and is
    forgotten when it ends.
    """
    from tui.sandbox.server import serve
    from tui.sandbox.world import World

    with contextlib.suppress(KeyboardInterrupt):
        serve(
            World(seed=seed, messages=messages, traffic=not quiet),
            host=host,
            port=port,
            latency=latency,
            rate_limit=rate_limit,
            allow_remote=allow_remote,
            stop_with_stdin=until_stdin_closes,
            announce=say,
        )


# Keys and health


@main.command()
@profile_option
@click.option("--username", metavar="NAME", help="ClickSend user name; asked for when it is left out.")
@click.pass_obj
def login(options: Options, profile: str | None, username: str | None) -> None:
    """Check a key with ClickSend and keep it in the keyring.

    It is asked for without being shown, kept only if ClickSend accepts it, and read back from the keyring.
    """
    import asyncio

    from tui.credentials import check_credentials, save, search
    from tui.signing_in import account_trouble, ask_whose

    launch = load_launch(options, profile)
    name = username or click.prompt("ClickSend user name", default=launch.username or None)
    key = click.prompt("API key (not shown)", hide_input=True)
    credentials = check_credentials(name.strip(), key.strip(), "sign-in")
    say("Asking ClickSend.")
    account = asyncio.run(ask_whose(credentials, launch.base_url))
    names = filter(None, dict.fromkeys((account.username, account.account_name)))
    say(f"ClickSend knows the key: {clean_line(', '.join(names)) or credentials.username}.")
    if trouble := account_trouble(account):
        say(trouble)
    backend = save(launch.profile, credentials)
    say(f"It is kept in the keyring ({backend}) for profile {launch.profile}, and was read back.")
    found = search(launch).credentials
    if found is None or not found.source.startswith("keyring"):
        source = found.source if found else "stronger place, which fails"
        say(f"But profile {launch.profile} takes the key from the {source}, before it looks there.")


@main.command()
@profile_option
@click.pass_obj
def logout(options: Options, profile: str | None) -> None:
    """Remove the key of a profile from the keyring."""
    from tui.credentials import forget

    launch = load_launch(options, profile)
    if forget(launch.profile):
        say(f"The key of profile {launch.profile} was removed from the keyring.")
    else:
        say(f"The keyring has no key of profile {launch.profile}.")


@main.command()
@profile_option
@click.option("--repair", is_flag=True, help="Set a damaged local database aside and save what it has.")
@click.pass_obj
def doctor(options: Options, profile: str | None, repair: bool) -> None:
    """Tell what works here and what does not.

    It looks at the terminal, the files, the keyring, the key, the server, the account and its POLL rules. It
    changes nothing (but for --repair) and never shows the key. The exit code is 1 if something keeps the
    console from working.
    """
    from tui.core.terminal import Terminal
    from tui.doctor import examine, render, repair_store

    paths = find_paths(os.environ)
    settings, problem = Settings(), ""
    try:
        settings = load_settings(paths.config)
    except SettingsError as error:
        problem = str(error)
    launch = make_launch(options.on(profile), paths, settings)
    if repair:
        say(repair_store(launch.database))
        return
    healthy = True
    terminal = Terminal.here()
    for finding in examine(launch, paths, terminal, settings_problem=problem):
        lines = render(finding, terminal.columns)
        say(lines.translate(ASCII) if settings.ascii else lines)
        healthy = healthy and finding.verdict != "bad"
    raise click.exceptions.Exit(0 if healthy else 1)


main.add_command(operations)
main.add_command(call)
