"""What was measured, as tables: ratios first, times of this machine beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Measured


@dataclass(frozen=True, slots=True)
class Goal:
    """``value`` is met when it is on the right side of ``limit``."""

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def print_measured(
    console: Console, title: str, measured: Mapping[str, Measured], base: str, unit: str
) -> None:
    """Every variant against ``base``: its time as a multiple, and its units a second."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("variant")
    names = (
        "time, x",
        "best, x",
        "rate, x",
        f"ms/{unit}",
        f"{unit}s/s",
        "cpu ms",
        "p50 ms",
        "p99 ms",
    )
    for name in (*names, "p99/p50"):
        table.add_column(name, justify="right")
    for name, of in measured.items():
        ratio = of.times(measured[base])
        best = of.best / measured[base].best
        table.add_row(
            name, *_times(of, ratio, best), *_waits(of), style="bold" if name == base else ""
        )
    console.print(table)


def _times(of: Measured, ratio: float, best: float) -> tuple[str, ...]:
    cpu = "" if of.cpu is None else f"{of.cpu * 1000:.2f}"
    each = of.each
    return (
        f"{ratio:.2f}",
        f"{best:.2f}",
        f"{1 / ratio:.2f}",
        f"{each * 1000:.3f}",
        f"{1 / each:.0f}",
        cpu,
    )


def _waits(of: Measured) -> tuple[str, ...]:
    if not of.samples[0].waits:
        return "", "", ""
    p50, p99 = of.wait(50) * 1000, of.wait(99) * 1000
    return f"{p50:.1f}", f"{p99:.1f}", f"{of.unfairness:.2f}"


def print_goals(console: Console, goals: Sequence[Goal]) -> None:
    table = Table(title="Goals", title_justify="left", title_style="bold")
    for name in ("goal", "measured", "asked", ""):
        table.add_column(name, justify="left" if name == "goal" else "right")
    for goal in goals:
        sign = "≥" if goal.at_least else "≤"
        met = "[green]met[/]" if goal.met else "[red]missed[/]"
        table.add_row(goal.what, f"{goal.value:.2f}", f"{sign} {goal.limit:g}", met)
    console.print(table)
