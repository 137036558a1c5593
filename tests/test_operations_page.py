"""What the pages tell an operator to type exists: commands, options, settings, metrics."""

import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from prometheus_client import CollectorRegistry, generate_latest

from bot.cli import app
from bot.settings import PREFIX, Settings
from bot.watch.instruments import Instruments
from bot.watch.looking import Seen
from bot.watch.pulse import Pulse
from domain.notices.model import Channel
from storage.watching import Night, Waiting, Watched
from tests.storage.small_town import NOW

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "docs/operations.md",
    ROOT / ".env.example",
    *sorted((ROOT / "docs/systemd").iterdir()),
]
# In a line of a console, behind backquotes, or what a unit starts.
COMMAND = re.compile(
    r"`((?:\.venv/bin/)?cartable(?: [^`]+)?)`"
    r"|^\s*[#$] (?:\w+=\S+ )*((?:\.venv/bin/)?cartable(?: [^#\n]*)?)"
    r"|^ExecStart=\S*/(cartable .*)$"
    r"|^(\.venv/bin/cartable .*)$",
    re.MULTILINE,
)


HELP = SimpleNamespace(opts=["--help", "--version"])


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for match in COMMAND.finditer(page.read_text(encoding="utf-8")):
            words = next(group for group in match.groups() if group)
            found.append((page.name, " ".join(words.removeprefix(".venv/bin/").split())))
    return found


def understood(words: list[str]) -> None:
    """Raises what the command line would complain of; runs nothing."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("cartable", words, resilient_parsing=True)
    while hasattr(command, "commands"):
        rest = context._protected_args + context.args
        name, command, rest = command.resolve_command(context, rest)
        if command is None:
            raise LookupError(f"no command {name}")
        context = command.make_context(name, rest, parent=context, resilient_parsing=True)
    known = {option for one in (*command.params, HELP) for option in getattr(one, "opts", ())}
    unknown = [word for word in words if word.startswith("-") and word.split("=")[0] not in known]
    if unknown or context.args:
        raise LookupError(f"too many words: {unknown or context.args}")


@pytest.mark.parametrize(("page", "line"), sorted(set(commands())))
def test_a_command_that_is_told_exists_with_its_options(page: str, line: str) -> None:
    understood(shlex.split(line)[1:])


def test_the_pages_are_really_read() -> None:
    told = {line for _, line in commands()}

    assert {"cartable run", "cartable doctor", "cartable backup --keep 35"} <= told
    assert any(line.startswith("cartable restore /") for line in told)
    assert len(told) > 15


@pytest.mark.parametrize("wrong", ["absent", "backup --never", "db downgrade", "run now"])
def test_what_does_not_exist_is_noticed(wrong: str) -> None:
    with pytest.raises(Exception, match=r"(?i)no such|no command|too many"):
        understood(wrong.split())


def test_settings_that_are_told_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}

    told = {
        name
        for page in PAGES
        for name in re.findall(r"CARTABLE_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8"))
    }

    assert told - {"CARTABLE_SOAK"} <= known


def test_each_metric_is_told_and_each_that_is_told_exists() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    registry = CollectorRegistry()
    instruments = Instruments(registry)
    seen = Seen(Pulse(), lambda: NOW)
    registry.register(seen)
    waiting = {channel: Waiting(1, NOW, NOW) for channel in Channel}
    seen.seen = Watched("0008", Night(NOW.date(), NOW, NOW), waiting)
    instruments.update("handled", 0.1)

    told = set(re.findall(r"`(cartable_\w+)", page))

    written = re.findall(
        r"^# TYPE (cartable_\w+) ", generate_latest(registry).decode(), re.MULTILINE
    )
    assert told == {name for name in written if not name.endswith("_created")}
