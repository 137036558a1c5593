"""`cartable import`: a town's tables, from a folder or a workbook (X1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.running import run, settings_or_exit

if TYPE_CHECKING:
    from domain.imports.model import Outcome
    from domain.imports.ports import Progress

STAGES = {"reading": "Reading", "checking": "Checking", "writing": "Writing"}


def import_town(
    path: Annotated[
        Path | None, typer.Argument(help="A folder of CSV files, or one CSV, XLSX or JSON file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    template: Annotated[
        Path | None, typer.Option(help="Write an empty workbook there, explained, and stop.")
    ] = None,
) -> None:
    """Bring a town's tables in, all or nothing; the same ones again change nothing."""
    if template is not None:
        _write_template(template)
        return
    if path is None:
        typer.echo("Say which folder or file, or ask for --template.", err=True)
        raise typer.Exit(2)
    _import(path, dry_run=dry_run)


def lines(outcome: "Outcome") -> list[str]:
    """What became of it, a line each."""
    from bot import locales
    from conversations.imports.words import place, sentence

    t = locales.load()("en")
    told = [f"{place(one, t)}: {sentence(one, t)}" for one in outcome.problems]
    if outcome.troubles > len(told):
        told.append(f"... and {outcome.troubles - len(told)} more.")
    for table, counts in outcome.counts.items():
        told.append(
            f"{table}: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
            + (f", {counts.overtaken} overtaken" if counts.overtaken else "")
        )
    return [*told, _verdict(outcome)]


def _verdict(outcome: "Outcome") -> str:
    if outcome.troubles:
        many = "problem" if outcome.troubles == 1 else "problems"
        return f"{outcome.troubles} {many}: nothing was written."
    return "Imported." if outcome.applied else "No problem found. Nothing was written: a dry run."


def _import(path: Path, *, dry_run: bool) -> None:
    from bot.importing import importing

    settings = settings_or_exit()

    async def work() -> bool:
        with _bar() as progress:
            async with importing(settings) as import_:
                outcome = await import_(path, dry_run=dry_run, progress=progress)
        for line in lines(outcome):
            typer.echo(line, err=bool(outcome.troubles))
        return not outcome.troubles

    run(work)


def _write_template(path: Path) -> None:
    from bot import locales
    from bot.import_template import write_template

    write_template(path, locales.load()("fr"))
    typer.echo(f"The template is in {path}. Its first sheet explains every column.")


@contextmanager
def _bar() -> "Iterator[Progress]":
    """On the terminal alone; a file that is written to gets no bar."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*parts, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(STAGES["reading"], total=None)

        def progress(stage: str, done: int, lines: int) -> None:
            bar.update(task, description=STAGES[stage], completed=done, total=lines or None)

        yield progress
