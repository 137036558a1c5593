"""The command line: `cartable --help`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Annotated

import typer

from bot.settings import BadSettings, Settings, load, only

DOCTOR = "Run `cartable doctor`: it says what to do."

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
db = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(db, name="db")


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
    """Look at the settings and at what they point to, and say what to do."""
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


def _invite(url: str) -> None:
    typer.echo(f"\n  Cartable is running: open {url} in a browser.\n  Ctrl-C ends it.\n")


def _settings() -> Settings:
    try:
        return load()
    except BadSettings as bad:
        typer.echo(str(bad), err=True)
        raise typer.Exit(2) from None


def _configure_logs(settings: Settings) -> None:
    from bot import logs

    logs.configure(settings.log_format, settings.log_level, settings.secrets)


def _run(work: Callable[[], Awaitable[bool]], advice: str = DOCTOR) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    async def whole() -> bool:
        return await work()

    try:
        well = asyncio.run(whole())
    except BadSettings as bad:
        typer.echo(str(bad), err=True)
        sys.exit(2)
    except (OSError, SQLAlchemyError) as error:
        words = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
        typer.echo(f"Could not start ({type(error).__name__}{words}).", err=True)
        typer.echo(advice, err=True)
        sys.exit(1)
    if not well:
        sys.exit(1)
