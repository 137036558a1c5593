"""The command line: `cartable --help`."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.absences import absences
from bot.commands.backup import backup, restore
from bot.commands.documents import documents
from bot.commands.guardians import guardian
from bot.commands.imports import import_town
from bot.commands.requests import requests
from bot.commands.running import run as _run
from bot.commands.running import settings_or_exit as _settings
from bot.commands.staff import staff
from bot.settings import Settings, only

if TYPE_CHECKING:
    from bot.rotation import Rotated

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
db = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(db, name="db")
app.add_typer(guardian, name="guardian")
app.add_typer(documents, name="documents")
app.add_typer(requests, name="requests")
app.add_typer(staff, name="staff")
keys = typer.Typer(no_args_is_help=True, help="The keys of personal data.")
app.add_typer(keys, name="keys")
app.command("absences")(absences)
app.command("import")(import_town)
app.command("backup")(backup)
app.command("restore")(restore)


def main() -> None:
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cartable {version('cartable')}")
        raise typer.Exit


@app.callback()
def cartable(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """The town's portail famille in Telegram."""


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is; 0 takes any free port.")] = 8077,
    keep: Annotated[bool, typer.Option(help="Go on with the town of the last time.")] = False,
) -> None:
    """Try it in a browser: no token, no network, a sample town."""
    from bot.demo import Demo
    from bot.serve import until_told

    _configure_logs(only(log_format="console", log_level="WARNING"))

    async def work() -> bool:
        shown = Demo(port=port, keep=keep)
        await shown.start()
        try:
            return await until_told(shown.application, lambda: _invite(shown.url))
        finally:
            await shown.playground.stop()

    _run(work, f"If port {port} is taken, choose another one with --port.")


@app.command()
def run() -> None:
    """Run the bot: BOT_TOKEN in the environment or in .env."""
    from bot.serve import until_told
    from bot.wiring import Application

    settings = _settings()
    _configure_logs(settings)

    async def work() -> bool:
        application = Application(settings)
        await application.start()
        return await until_told(application, lambda: None)

    _run(work)


@app.command()
def doctor() -> None:
    """Look at the settings and at what they point to, and say what to do.

    Ends with 0 when all is well, 1 when there is something to do, 2 when the settings cannot be
    read at all.
    """
    from bot.clock import utc_now
    from bot.doctor import examine

    findings = asyncio.run(examine(_settings(), utc_now))
    for finding in findings:
        mark = "ok " if finding.well else "!! "
        typer.echo(f"{mark} {finding.subject}: {finding.seen}")
        if finding.advice:
            typer.echo(f"    -> {finding.advice}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


@db.command("upgrade")
def upgrade() -> None:
    """Bring the database to this version's schema; harmless when it is there."""
    from bot.migrated import migrated

    settings = _settings()

    async def work() -> bool:
        async with migrated(settings):
            return True

    _run(work)
    typer.echo("The database is up to date.")


@keys.command("rotate")
def rotate() -> None:
    """Add a new key and seal everything again with it; killed in the middle, run it again."""
    from bot import rotation

    _report(lambda settings: rotation.rotate(settings, _progress))


@keys.command("reseal")
def reseal() -> None:
    """Seal everything again with the first key; for keys that come from CARTABLE_KEY."""
    from bot import rotation

    _report(lambda settings: rotation.reseal_only(settings, _progress))


@keys.command("prune")
def prune() -> None:
    """Drop the old keys, once nothing is sealed with them."""
    from bot import rotation
    from bot.clock import utc_now

    settings = _settings()

    async def work() -> bool:
        gone = await rotation.prune(settings, utc_now())
        typer.echo(f"Dropped: {', '.join(gone)}." if gone else "There was no old key.")
        return True

    _run(work)


def _report(rotating: "Callable[[Settings], Awaitable[Rotated]]") -> None:
    settings = _settings()

    async def work() -> bool:
        done = await rotating(settings)
        if done.added:
            typer.echo(
                f"Added the key {done.added}. Copy the key file anew to where its copy is kept; "
                "backups of before still need the old one."
            )
        typer.echo(f"Sealed again: {done.resealed} rows. Left: {done.left}.")
        if done.left:
            typer.echo("Some rows were in use: run `cartable keys rotate` again.", err=True)
        return not done.left

    _run(work)


def _progress(rows: int) -> None:
    typer.echo(f"  {rows} rows", err=True)


def _invite(url: str) -> None:
    typer.echo(f"\n  Cartable is running: open {url} in a browser.\n  Ctrl-C ends it.\n")


def _configure_logs(settings: Settings) -> None:
    from bot import logs

    logs.configure(settings.log_format, settings.log_level, settings.secrets)
