"""The few SOAP messages of PayFiP's web service, written and read without a SOAP library.

Answers come from outside: they are read field by field, never as a tree, and a document type is
refused, so that there is no entity to expand.
"""

from collections.abc import Mapping
from html import escape
from typing import Final
from xml.parsers import expat

SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE: Final = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/"
    "contrat_paiement_securise/PaiementSecuriseService"
)
HEADERS: Final = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
FUNCTIONAL: Final = "FonctionnelleErreur"
"""The service has understood, and says no. Every other fault is its own trouble."""


class NotUnderstood(Exception):
    """No SOAP answer."""


class Fault(Exception):
    """``code`` as the guide's annex lists them ("P5"), "" where the service is out of order."""

    def __init__(self, code: str) -> None:
        super().__init__(code or "out of order")
        self.code = code


def envelope(operation: str, fields: Mapping[str, str]) -> bytes:
    """``fields`` are unqualified and in ``arg0``; the service minds their letters' case."""
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soapenv:Envelope xmlns:soapenv="{SOAP}" xmlns:pai="{SERVICE}"><soapenv:Body>'
        f"<pai:{operation}><arg0>{inner}</arg0></pai:{operation}>"
        "</soapenv:Body></soapenv:Envelope>"
    ).encode()


def read(body: bytes) -> Mapping[str, str]:
    """The fields of an answer by their names in lower case. Raises Fault, NotUnderstood."""
    leaves = _Leaves()
    try:
        leaves.parse(body)
    except (expat.ExpatError, ValueError):
        raise NotUnderstood from None
    if "Fault" in leaves.names:
        raise Fault(leaves.texts.get("code", "") if FUNCTIONAL in leaves.names else "")
    if "Envelope" not in leaves.names:
        raise NotUnderstood
    return leaves.texts


class _Leaves:
    """Names of elements, and the text of those that hold no other."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.texts: dict[str, str] = {}
        self._text: list[str] = []

    def parse(self, body: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text_of
        parser.EndElementHandler = self._end
        parser.Parse(body, True)  # noqa: FBT003 - the library's own signature

    def _refuse(self, *declared: object) -> None:
        raise ValueError("a document type")

    def _start(self, name: str, attributes: object) -> None:
        self.names.add(_local(name))
        self._text.clear()

    def _text_of(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        if text := "".join(self._text).strip():
            self.texts.setdefault(_local(name).lower(), text)
        self._text.clear()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
