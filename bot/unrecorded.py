"""Payments that could not be written down when they came: kept in files, and tried again (M4).

Telegram tells of a payment once: what it told must outlive a database that is away.
"""

import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import structlog

from domain.payments.model import Credited, Paid, Provider

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """``folder`` is made when it is needed; who paid is in it, for its owner alone to read."""

    folder: Path

    def keep(self, paid: Paid) -> None:
        """On disk when this returns; the same payment is one file."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = sha256(f"{paid.provider}:{paid.provider_reference}".encode()).hexdigest()[:32]
        beside = self.folder / f"{name}.part"
        beside.touch(mode=0o600)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(paid), file, default=str, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / f"{name}.json")
        _to_disk(self.folder)

    def waiting(self) -> list[Path]:
        return sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []


@dataclass(frozen=True, slots=True)
class CreditLate:
    """A job: credits what waits. Twice is harmless; what fails waits for the next time, alone."""

    credit: Callable[[Paid], Awaitable[Credited]]
    unrecorded: Unrecorded

    async def __call__(self) -> int:
        """Answers how many were credited now. Raises what went wrong, once all were tried."""
        waiting, failures = self.unrecorded.waiting(), list[Exception]()
        for path in waiting:
            try:
                credited = await self.credit(_read(path))
            except Exception as error:
                log.exception("payment_still_unrecorded", file=path.name)
                failures.append(error)
            else:
                path.unlink()
                log.info("payment_recorded_late", credit=credited.credit)
        if failures:
            raise failures[0]
        return len(waiting)


def _to_disk(folder: Path) -> None:
    """The name too: a file that was renamed may still be lost with the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(path: Path) -> Paid:
    told = json.loads(path.read_text(encoding="utf-8"))
    return Paid(
        **{
            **told,
            "provider": Provider(told["provider"]),
            "amount": Decimal(told["amount"]),
            "paid_at": datetime.fromisoformat(told["paid_at"]),
        }
    )
