"""`cartable doctor`: looks at everything that a run needs, and says what to do (O3)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot import checkups, checkups_running
from bot.checkups import Trouble
from bot.settings import BadSettings, Settings
from domain.clock import Clock


@dataclass(frozen=True, slots=True)
class Finding:
    """``advice`` says what to do, and is empty when all is well."""

    subject: str
    seen: str
    advice: str = ""

    @property
    def well(self) -> bool:
        return not self.advice


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Never raises; changes nothing but the exchange's folders, which it makes where they are
    missing, and a file in each that it writes and removes again.
    """
    now = clock()
    found = await checkups_running.facts(settings, now)
    checks: dict[str, Callable[[], Awaitable[str]]] = {
        "Telegram": lambda: checkups.telegram(settings),
        "Clock": lambda: checkups.clock(settings, clock),
        "Time zones": checkups.time_zones,
        "Keys": lambda: checkups.keys(settings),
        "Database": lambda: checkups.database(settings),
        "Mail": lambda: checkups.mail(settings),
        "PayFiP": lambda: checkups.payfip(settings),
        "Exchange folder": lambda: checkups.exchange(settings),
        "Webhook": lambda: checkups_running.webhook(settings, now),
        "Nights": lambda: checkups_running.nights(found, settings, now),
        "Outbox": lambda: checkups_running.outbox(found, now),
        "Backups": lambda: checkups_running.backups(found, settings, now),
        "Disk": lambda: checkups_running.disk(settings),
    }
    return [await _find(subject, check) for subject, check in checks.items()]


async def _find(subject: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(subject, await check())
    except Trouble as trouble:
        return Finding(subject, trouble.seen, trouble.advice)
    except BadSettings as bad:
        return Finding(subject, "not usable", str(bad))
    except Exception as error:  # noqa: BLE001 - the others are still to be told
        seen = f"could not be looked at ({type(error).__name__}: {error})"
        return Finding(subject, seen, "Look at what it names; if that is well, it is our mistake.")
