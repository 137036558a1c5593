"""`cartable staff`: who works for the town, and how they get in (S1)."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.running import run, settings_or_exit
from bot.settings import BadSettings, Settings
from domain.activities.model import StructureId
from domain.errors import NotFound
from domain.staff.invitations import Member
from domain.staff.model import Role, StaffId

if TYPE_CHECKING:
    from domain.staff.ports import StaffTx
    from domain.work import Transaction

staff = typer.Typer(no_args_is_help=True, help="The town's agents and their access.")
UNKNOWN = "There is no such agent at work, or no such structure."
NOBODY = "Nobody works here yet: cartable staff invite NAME --role manager --structure 1"
Structures = Annotated[list[int] | None, typer.Option("--structure", help="Once for each.")]
Number = Annotated[int, typer.Argument(help="The number that the list gives.")]


@staff.command("invite")
def invite(
    name: Annotated[str, typer.Argument(help="As colleagues read it, and the audit log.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.AGENT,
    structure: Structures = None,
    bot_name: Annotated[
        str | None,
        typer.Option("--bot-name", help="The bot's user name, where Telegram cannot be asked."),
    ] = None,
) -> None:
    """Make a link that lets one agent in, once, within a week; links of before end."""
    from bot.clock import utc_now
    from domain.staff.office import InviteStaff

    settings = settings_or_exit()
    asked = tuple(StructureId(one) for one in structure or (1,))

    async def work(office: "Transaction[StaffTx]") -> None:
        # Asked for first: a link that nobody could be given must not end the one of before.
        link = await _linking(settings, bot_name or settings.bot_name)
        made = await InviteStaff(office, utc_now)(name, role, asked)
        for line in (f"{made.member.name} ({role}):", link(made.token), _qr(link(made.token))):
            typer.echo(line)
        typer.echo(f"It lets in once, until {made.until:%Y-%m-%d %H:%M} UTC. It is a secret.")

    _in_office(settings, work)


@staff.command("list")
def list_() -> None:
    """Number, name, role, structures, and since when they were seen."""
    from domain.staff.office import ListStaff

    async def work(office: "Transaction[StaffTx]") -> None:
        for line in lines(await ListStaff(office)()):
            typer.echo(line)

    _in_office(settings_or_exit(), work)


@staff.command("role")
def role(number: Number, role: Role, structure: Structures = None) -> None:
    """Change what an agent may do, and for which structures."""
    from bot.clock import utc_now
    from domain.staff.office import ChangeRole

    asked = tuple(StructureId(one) for one in structure or ())

    async def work(office: "Transaction[StaffTx]") -> None:
        await ChangeRole(office, utc_now)(StaffId(number), role, asked)
        typer.echo(f"Changed: {role}.")

    _in_office(settings_or_exit(), work)


@staff.command("disable")
def disable(number: Number) -> None:
    """End an agent's access at once, on all devices; what they did stays in the audit log."""
    from bot.clock import utc_now
    from domain.staff.office import DisableStaff

    async def work(office: "Transaction[StaffTx]") -> None:
        await DisableStaff(office, utc_now)(StaffId(number))
        typer.echo("This agent has no access any more.")

    _in_office(settings_or_exit(), work)


def lines(members: Iterable[Member]) -> list[str]:
    return [_line(one) for one in members] or [NOBODY]


def _line(one: Member) -> str:
    seen = f"seen {one.seen_at:%Y-%m-%d}" if one.seen_at else "not connected"
    state = seen if one.disabled_at is None else f"disabled {one.disabled_at:%Y-%m-%d}"
    works_for = ",".join(str(structure) for structure in one.structures)
    return "  ".join((str(one.id), one.name, one.role, works_for, state))


async def _linking(settings: Settings, bot_name: str | None) -> Callable[[str], str]:
    """Tokens to links. Raises BadSettings where the bot's name cannot be known."""
    from aiogram.exceptions import AiogramError
    from aiogram.utils.link import create_telegram_link

    from bot.wire.http import BotApi

    if bot_name is None:
        api = BotApi(settings.token, settings.api_url)
        try:
            bot_name = str((await api.call("getMe", {}))["username"])
        except AiogramError as error:
            raise BadSettings(
                f"Telegram was not reached ({type(error).__name__}), so the bot's name is not "
                "known. Set CARTABLE_BOT_NAME or give --bot-name."
            ) from None
        finally:
            await api.close()
    name = bot_name
    return lambda token: create_telegram_link(name, start=token)


def _qr(link: str) -> str:
    """To be photographed from the terminal."""
    from io import StringIO

    import segno

    drawn = StringIO()
    segno.make(link, error="m", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def _in_office(
    settings: Settings, work: "Callable[[Transaction[StaffTx]], Awaitable[None]]"
) -> None:
    from bot.migrated import migrated
    from storage.engine import transactions
    from storage.staff import SqlStaff

    async def whole() -> bool:
        async with AsyncExitStack() as stack:
            database = await stack.enter_async_context(migrated(settings))
            try:
                await work(transactions(database, SqlStaff))
            except NotFound:
                typer.echo(UNKNOWN, err=True)
                return False
        return True

    run(whole)
