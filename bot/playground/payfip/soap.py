"""The web service's side of SOAP: requests read, answers and faults written."""

import re
from collections.abc import Mapping
from html import escape, unescape

NAMESPACE = "http://securite.service.tpa.cp.finances.gouv.fr"
SERVICE = f"{NAMESPACE}/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
OPERATION = re.compile(r"<(?:\w+:)?Body>\s*<(?:\w+:)?(\w+)")
FIELD = re.compile(r"<(\w+)>([^<>]*)</\1>")


def read(body: str) -> tuple[str, dict[str, str]]:
    """The operation's name, and its fields: their names as they are written."""
    operation = OPERATION.search(body)
    return (
        operation.group(1) if operation else "",
        {name: unescape(value) for name, value in FIELD.findall(body)},
    )


def answer(operation: str, fields: Mapping[str, str]) -> str:
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return _envelope(
        f'<ns2:{operation}Response xmlns:ns2="{SERVICE}">'
        f'<return xmlns:ns3="{NAMESPACE}/reponse">{inner}</return></ns2:{operation}Response>'
    )


def fault(kind: str, code: str, label: str) -> str:
    """``kind``: FonctionnelleErreur, TechDysfonctionnementErreur, ..."""
    return _envelope(
        "<S:Fault><faultcode>S:Server</faultcode>"
        f"<faultstring>fr.gouv.finances.cp.tpa.webservice.exceptions.{kind}</faultstring>"
        f'<detail><ns2:{kind} xmlns:ns2="{SERVICE}"><code>{code}</code>'
        f"<descriptif/><libelle>{escape(label)}</libelle><message/><severite>2</severite>"
        f"</ns2:{kind}></detail></S:Fault>"
    )


def _envelope(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<S:Envelope xmlns:S="{SOAP}"><S:Body>{body}</S:Body></S:Envelope>'
    )
