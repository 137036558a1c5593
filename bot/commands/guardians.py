"""`cartable guardian`: letters, and identifiers that take new devices again (A3, A8)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.running import run, settings_or_exit
from bot.settings import BadSettings, Settings

if TYPE_CHECKING:
    from bot.letters import Letters
    from bot.wire.http import BotApi
    from domain.accounts.access import AccessTx
    from domain.work import Transaction

UNKNOWN = "No guardian has this identifier."
guardian = typer.Typer(no_args_is_help=True, help="Parents and their access.")
Name = Annotated[
    str | None,
    typer.Option("--bot-name", help="The bot's user name, where Telegram cannot be asked."),
]


@dataclass(frozen=True, slots=True)
class Office:
    """``letters`` is made when it is asked for: it needs the bot's name."""

    access: "Transaction[AccessTx]"
    letters: "Callable[[], Letters]"


@guardian.command("invite")
def invite(
    identifier: str,
    output: Annotated[Path | None, typer.Option(help="The PDF to write.")] = None,
    bot_name: Name = None,
) -> None:
    """Write a new letter for one parent: what they had before no longer lets in."""
    from bot.letters import file_name
    from domain.accounts.inviting import FindGuardian
    from domain.errors import NotFound

    path = output or Path(file_name(identifier))

    async def work(office: Office) -> bool:
        try:
            found = await FindGuardian(office.access)(identifier)
        except NotFound:
            typer.echo(UNKNOWN, err=True)
            return False
        await office.letters().write(found, path)
        typer.echo(f"The letter is in {path}. It holds a password: print it, then delete it.")
        return True

    _in_office(work, bot_name)


@guardian.command("letters")
def letters(
    output: Annotated[Path, typer.Option(help="The folder to write them in.")] = Path("letters"),
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody: logs all of them out, passwords end.")
    ] = False,
    bot_name: Name = None,
) -> None:
    """Write a letter for each parent who never connected and holds none that still lets in."""
    from bot.clock import utc_now
    from domain.accounts.inviting import ListForLetters

    output.mkdir(parents=True, exist_ok=True)

    async def work(office: Office) -> bool:
        who = await ListForLetters(office.access, utc_now)(everybody=everybody)
        written = await office.letters().write_all(who, output)
        typer.echo(
            f"{written} letters in {output}. They hold passwords: print them, then delete them."
            if written
            else "Nobody waits for a letter."
        )
        return True

    _in_office(work, bot_name)


@guardian.command("unlock")
def unlock(identifier: str) -> None:
    """Forget the wrong passwords: new devices may log in again."""
    from bot.clock import utc_now
    from domain.accounts.inviting import Unlock
    from domain.errors import NotFound

    async def work(office: Office) -> bool:
        try:
            await Unlock(office.access, utc_now)(identifier)
        except NotFound:
            typer.echo(UNKNOWN, err=True)
            return False
        typer.echo("New devices may log in again.")
        return True

    _in_office(work, None)


def _in_office(work: Callable[[Office], Awaitable[bool]], bot_name: str | None) -> None:
    settings = settings_or_exit()

    async def whole() -> bool:
        async with _office(settings, bot_name or settings.bot_name) as office:
            return await work(office)

    run(whole)


@asynccontextmanager
async def _office(settings: Settings, bot_name: str | None) -> AsyncIterator[Office]:
    from aiogram.exceptions import AiogramError

    from bot.migrated import migrated
    from bot.wire.http import BotApi
    from storage.access import SqlAccess
    from storage.engine import transactions

    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    api = BotApi(token, settings.api_url)

    def letters() -> "Letters":
        if not bot_name and not token:
            raise BadSettings("Give --bot-name or set CARTABLE_BOT_NAME, or BOT_TOKEN to ask it.")
        return _letters(access, api, bot_name)

    try:
        async with migrated(settings) as database:
            access = transactions(database, SqlAccess)
            yield Office(access, letters)
    except AiogramError as error:
        raise BadSettings(
            f"Telegram was not reached ({type(error).__name__}), so the bot's name is not known. "
            "Set CARTABLE_BOT_NAME or give --bot-name."
        ) from None
    finally:
        await api.close()


def _letters(access: "Transaction[AccessTx]", api: "BotApi", bot_name: str | None) -> "Letters":
    from bot import locales
    from bot.clock import utc_now
    from bot.letters import Letters
    from bot.links import BotLinks
    from bot.passwords import Argon2Passwords
    from bot.printing.typesetter import Typesetter
    from domain.accounts.inviting import Invite

    return Letters(
        Invite(access, Argon2Passwords(), utc_now),
        BotLinks(api, bot_name),
        locales.load(),
        Typesetter(utc_now),
    )
