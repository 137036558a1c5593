"""The parts of watching, put together for one process."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry

from bot.background import Background
from bot.listening import Listener
from bot.settings import Settings
from bot.watch.instruments import Instruments
from bot.watch.looking import Look, Seen
from bot.watch.pages import Pages
from bot.watch.pulse import Pulse
from bot.watch.readiness import Readiness
from domain.clock import Clock
from storage.database import Database
from storage.watching import watched


class Watch:
    """Counts from the start, whether or not anybody will look."""

    def __init__(self, clock: Clock) -> None:
        self._registry, self._clock = CollectorRegistry(), clock
        self.instruments, self.pulse = Instruments(self._registry), Pulse()

    def listener(
        self,
        settings: Settings,
        database: Database,
        background: Background,
        is_open: Callable[[], bool] | None,
    ) -> Listener | None:
        """None where the operator set no port. ``is_open`` as in ``Readiness``."""
        if settings.metrics_port is None:
            return None
        look = Look(lambda: database.read(watched), background)
        seen = Seen(self.pulse, self._clock)
        self._registry.register(seen)
        pages = Pages(
            registry=self._registry,
            look=look,
            seen=seen,
            ready=Readiness(look, self.pulse, is_open),
            alive=lambda: not background.lost.is_set(),
        )
        host, port = settings.metrics_host, settings.metrics_port
        return Listener(pages.routes(), host=host, port=port)
