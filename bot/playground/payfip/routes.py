"""The web service, the page, and what the tests may ask and change."""

from dataclasses import dataclass
from typing import get_args

from aiohttp import web

from bot.playground.acts import Impossible
from bot.playground.clock import PARIS
from bot.playground.payfip import checks, pages, soap
from bot.playground.payfip.faults import KINDS, Fault, Faults
from bot.playground.payfip.notifying import Notifier
from bot.playground.payfip.treasury import PAID, Operation, Result, Treasury
from bot.playground.pulse import Pulse
from bot.playground.sim.answers import created, done, read_json, seconds_of

SERVICE_PATH = "/payfip/tpa/services/securite"
PAGE_PATH = "/payfip/tpa/paiementws.web"
HANGS = 60.0
FOREIGN = {"reference": ("refdet", "AUTREREFERENCE"), "client": ("numcli", "999999")}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}


@dataclass(frozen=True, slots=True)
class PayFip:
    treasury: Treasury
    faults: Faults
    notifier: Notifier
    pulse: Pulse

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(SERVICE_PATH, self.service),
            web.get(PAGE_PATH, self.page),
            web.post("/payfip/pay", self.pay),
            web.post("/sim/payfip/faults", self.plan_fault),
            web.delete("/sim/payfip/faults", self.clear_faults),
            web.post("/sim/payfip/release", self.release),
            web.get("/sim/payfip/operations", self.operations),
            web.get("/sim/payfip/idle", self.idle),
        ]

    # -- the web service ---------------------------------------------------------------------
    async def service(self, request: web.Request) -> web.Response:
        if broken := await self._broken():
            return broken
        operation, fields = soap.read(await request.text())
        match operation:
            case "creerPaiementSecurise":
                return self._create(fields)
            case "recupererDetailPaiementSecurise":
                return self._detail(fields.get("idOp", ""))
            case "recupererDetailClient":
                client = {"libelleN1": "Mairie", "libelleN2": "Portail famille (simulation)"}
                return _xml(soap.answer(operation, {**client, "numcli": fields["numCli"]}))
        return _xml(soap.fault("TechProtocolaireErreur", "", "Opération inconnue."), 500)

    async def _broken(self) -> web.Response | None:
        fault = self.faults.take("500", "timeout", "fault", "garbage")
        match fault and fault.kind:
            case "500":
                return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>")
            case "garbage":
                return web.Response(text="<html><p>Maintenance</html>")
            case "timeout":
                await self.pulse.until(lambda: False, HANGS)
                return web.Response(status=504)
            case "fault":
                trouble = soap.fault("TechDysfonctionnementErreur", "99", "Dysfonctionnement.")
                return _xml(trouble, 500)
        return None

    def _create(self, fields: dict[str, str]) -> web.Response:
        if code := checks.refusal(fields):
            return _refused(code)
        operation = self.treasury.begin(fields)
        return _xml(soap.answer("creerPaiementSecurise", {"idOp": operation.idop}))

    def _detail(self, idop: str) -> web.Response:
        code = "P1" if self.faults.take("unknown_idop") else self.treasury.refusal(idop)
        if code:
            return _refused(code)
        said = _told(self.treasury.operations[idop])
        if fault := self.faults.take("reference", "client"):
            name, value = FOREIGN[fault.kind]
            said[name] = value
        return _xml(soap.answer("recupererDetailPaiementSecurise", said))

    # -- the page ----------------------------------------------------------------------------
    async def page(self, request: web.Request) -> web.Response:
        operation = self.treasury.operations.get(request.query.get("idop", ""))
        if operation is None:
            return _html(pages.closed(pages.UNKNOWN), 404)
        if (words := self._cannot(operation)) is not None:
            return _html(pages.closed(words, operation.asked["urlredirect"]), 410)
        return _html(pages.bill(operation))

    async def pay(self, request: web.Request) -> web.Response:
        """The page stays payable while it is open: the 15 minutes are for opening it."""
        form = await request.post()
        operation = self.treasury.operations.get(str(form.get("idop")))
        result = _result(str(form.get("result")))
        if operation is None or result is None:
            return _html(pages.closed(pages.UNKNOWN), 404)
        back = operation.asked["urlredirect"]
        if operation.is_over:
            return _html(pages.closed(pages.OVER, back), 410)
        altered = self.faults.take("amount") if result in PAID else None
        self.treasury.settle(operation, result, altered.cents if altered else 0)
        await self.notifier.settled(operation)
        return web.Response(status=303, headers={"Location": back})

    def _cannot(self, operation: Operation) -> str | None:
        if operation.is_over:
            return pages.OVER
        return None if self.treasury.can_open(operation) else pages.TOO_LATE

    # -- the tests ---------------------------------------------------------------------------
    async def plan_fault(self, request: web.Request) -> web.Response:
        fault = Fault(**await read_json(request))
        if fault.kind not in KINDS:
            raise Impossible(f"A fault is one of {', '.join(KINDS)}.", 400)
        self.faults.plan(fault)
        return created()

    async def clear_faults(self, request: web.Request) -> web.Response:
        self.faults.clear()
        return done()

    async def release(self, request: web.Request) -> web.Response:
        return done({"released": self.notifier.release()})

    async def operations(self, request: web.Request) -> web.Response:
        kept = self.treasury.operations.values()
        return done({"operations": [operation.as_json() for operation in kept]})

    async def idle(self, request: web.Request) -> web.Response:
        """Waits until no notification is on its way any more."""
        told = await self.pulse.until(lambda: not self.notifier.going, seconds_of(request))
        return done({"idle": told})


def _told(operation: Operation) -> dict[str, str]:
    asked = operation.asked
    at = (operation.paid_at or operation.created_at).astimezone(PARIS)
    kept = ("exer", "mel", "numcli", "objet", "refdet", "saisie")
    return {
        "dattrans": f"{at:%d%m%Y}",
        "heurtrans": f"{at:%H%M}",
        "idOp": operation.idop,
        "montant": str(operation.cents),
        "numauto": "112233445566-tip" if operation.result == "P" else "",
        "resultrans": operation.result or "",
        **{name: asked[name] for name in kept},
    }


def _result(value: str) -> Result | None:
    return next((one for one in get_args(Result) if one == value), None)


def _refused(code: str) -> web.Response:
    return _xml(soap.fault("FonctionnelleErreur", code, checks.LABELS[code]), 500)


def _xml(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/xml")


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)
