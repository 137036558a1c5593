"""`cartable documents`: what families read, agree to and sign (A5, A6)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import run, settings_or_exit
from domain.documents.model import DocumentKind

documents = typer.Typer(no_args_is_help=True, help="What families read and sign.")


@documents.callback()
def _documents() -> None:
    """Keeps ``publish`` a command of its own."""


@documents.command("publish")
def publish(
    kind: Annotated[DocumentKind, typer.Argument(help="Which one.")],
    file: Annotated[Path, typer.Argument(help="UTF-8: the title, then the text below it.")],
    structure: Annotated[int, typer.Option(help="The structure's number.")] = 1,
) -> None:
    """Publish a new version: every family is asked to read it again."""
    from bot import publishing

    settings = settings_or_exit()

    async def work() -> bool:
        try:
            published = await publishing.publish(settings, structure, kind, file)
        except publishing.Unusable as error:
            typer.echo(str(error), err=True)
            return False
        typer.echo(f"Published: {published.title}, version {published.version}.")
        return True

    run(work)
