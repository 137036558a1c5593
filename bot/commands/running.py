"""What the commands share: settings or a sentence, and work that ends in a sentence."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import typer

from bot.settings import BadSettings, Settings, load

DOCTOR = "Run `cartable doctor`: it says what to do."


def settings_or_exit() -> Settings:
    try:
        return load()
    except BadSettings as bad:
        typer.echo(str(bad), err=True)
        raise typer.Exit(2) from None


def run(work: Callable[[], Awaitable[bool]], advice: str = DOCTOR) -> None:
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
