"""PayFiP's web service over HTTP: an operation begun, what became of it, and who we are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, StreamReader

from bot.payfip import soap
from domain.calendar.model import PARIS
from domain.payments.errors import ProviderAway

SECONDS: Final = 8.0
"""A parent waits for the page's address meanwhile."""
LARGEST: Final = 64 * 1024
UNDERSTOOD: Final = (200, 500)  # a SOAP fault comes as a 500
log = structlog.get_logger(__name__)


class Refused(Exception):
    """The service says no; ``code`` is of the guide's annex ("P1": unknown idOp, "P5": no result
    yet, "R3": reference, "A2": mail address, "T2": client, ...).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Operation:
    """``cents``: from 100. ``mail`` gets PayFiP's own receipt."""

    reference: str
    cents: int
    year: int
    mail: str
    subject: str  # letters, digits and spaces
    notify_url: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Detail:
    """``result``: P paid by card, V by direct debit, A abandoned, R card refused, Z debit refused.
    ``at`` None: not told, or not readable.
    """

    idop: str
    client: str
    reference: str
    cents: int
    result: str
    at: datetime | None
    mode: str  # of saisie: T test, X activation, W production


class PayFipClient:
    """``client`` and ``mode``: NUMCLI, and T, X or W. What it raises and logs holds codes only."""

    def __init__(self, url: str, client: str, mode: str, *, seconds: float = SECONDS) -> None:
        self._url, self._client, self._mode = url, client, mode
        self._timeout = ClientTimeout(total=seconds)
        self._session: ClientSession | None = None

    async def create(self, wanted: Operation) -> str:
        """The idOp. Raises Refused, ProviderAway."""
        fields = {
            "exer": str(wanted.year),
            "mel": wanted.mail,
            "montant": str(wanted.cents),
            "numcli": self._client,
            "objet": wanted.subject,
            "refdet": wanted.reference,
            "saisie": self._mode,
            "urlnotif": wanted.notify_url,
            "urlredirect": wanted.return_url,
        }
        return _needed(await self._call("creerPaiementSecurise", fields), "idop")

    async def detail(self, idop: str) -> Detail:
        """Raises Refused, ProviderAway."""
        said = await self._call("recupererDetailPaiementSecurise", {"idOp": idop})
        cents = _needed(said, "montant")
        if not (cents.isascii() and cents.isdecimal()):
            raise _away("recupererDetailPaiementSecurise", "montant")
        return Detail(
            idop=_needed(said, "idop"),
            client=_needed(said, "numcli"),
            reference=said.get("refdet", ""),
            cents=int(cents),
            result=_needed(said, "resultrans"),
            at=_instant(said.get("dattrans", ""), said.get("heurtrans", "")),
            mode=said.get("saisie", ""),
        )

    async def name(self) -> str:
        """Ours, as the service knows us. Raises Refused, ProviderAway."""
        said = await self._call("recupererDetailClient", {"numCli": self._client})
        return said.get("libellen2") or said.get("libellen1") or self._client

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(self, operation: str, fields: Mapping[str, str]) -> Mapping[str, str]:
        status, body = await self._post(operation, soap.envelope(operation, fields))
        if status not in UNDERSTOOD or len(body) > LARGEST:
            raise _away(operation, f"HTTP {status}")
        try:
            return soap.read(body)
        except soap.NotUnderstood:
            raise _away(operation, f"HTTP {status}, no SOAP") from None
        except soap.Fault as fault:
            if not fault.code:
                raise _away(operation, "fault") from None
            raise Refused(fault.code) from None

    async def _post(self, operation: str, body: bytes) -> tuple[int, bytes]:
        if self._session is None:
            self._session = ClientSession(timeout=self._timeout)
        try:
            async with self._session.post(
                self._url, data=body, headers=soap.HEADERS, allow_redirects=False
            ) as answer:
                return answer.status, await _some(answer.content)
        except (TimeoutError, ClientError) as error:
            raise _away(operation, type(error).__name__) from None


async def _some(content: StreamReader) -> bytes:
    """All that is ever meant, and a little more of what is not."""
    taken = b""
    while len(taken) <= LARGEST and (piece := await content.read(LARGEST)):
        taken += piece
    return taken


def _needed(said: Mapping[str, str], name: str) -> str:
    if not (value := said.get(name)):
        raise _away("answer", f"no {name}")
    return value


def _away(operation: str, why: str) -> ProviderAway:
    log.warning("payfip_away", operation=operation, why=why)
    return ProviderAway()


def _instant(day: str, hour: str, zone: ZoneInfo = PARIS) -> datetime | None:
    """ "12122019" and "1311", in Paris."""
    try:
        return datetime.strptime(day + hour, "%d%m%Y%H%M").replace(tzinfo=zone)
    except ValueError:
        return None
