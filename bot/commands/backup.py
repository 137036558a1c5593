"""`cartable backup` and `cartable restore`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import run, settings_or_exit


def backup(
    folder: Annotated[
        Path | None, typer.Argument(help="Where the copy goes; CARTABLE_BACKUP_DIR otherwise.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Delete all but so many of the newest copies there.")
    ] = None,
) -> None:
    """Copy the SQLite database while the bot runs. The keys are not in it: keep them elsewhere."""
    from bot.backup import back_up
    from bot.clock import utc_now

    settings = settings_or_exit()
    place = folder or settings.backup_dir

    async def work() -> bool:
        made = await asyncio.to_thread(back_up, settings, place, utc_now(), keep)
        typer.echo(f"Copied to {made}.")
        return True

    run(work)


def restore(
    path: Annotated[Path, typer.Argument(help="A copy that `cartable backup` made.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Where there is a database: put it aside.")
    ] = False,
) -> None:
    """Put a copy in the place of the SQLite database. Stop the bot first."""
    from bot.clock import utc_now
    from bot.restoring import restore as put_back

    settings = settings_or_exit()

    async def work() -> bool:
        done = await put_back(settings, path, utc_now(), overwrite=yes)
        typer.echo(f"Restored to {done.path}.")
        if done.aside:
            typer.echo(f"What was there is kept as {done.aside}.")
        if done.older:
            typer.echo("Its schema is an older one: run `cartable db upgrade`.")
        typer.echo("Run `cartable doctor` before you start the bot.")
        return True

    run(work)
