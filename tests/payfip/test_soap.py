"""Messages of the web service, written and read."""

import pytest

from bot.payfip.soap import Fault, NotUnderstood, envelope, read

ANSWER = (
    '<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
    "{}</S:Body></S:Envelope>"
)
FAULT = (
    "<S:Fault><faultcode>S:Server</faultcode><faultstring>x.{kind}</faultstring><detail>"
    '<ns2:{kind} xmlns:ns2="http://x"><code>{code}</code><libelle>Non.</libelle></ns2:{kind}>'
    "</detail></S:Fault>"
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<Envelope><Body>&b;</Body></Envelope>"
)


def test_fields_are_unqualified_and_escaped() -> None:
    said = envelope("creerPaiementSecurise", {"objet": "a<b&c", "idOp": "1"}).decode()

    assert "<arg0><objet>a&lt;b&amp;c</objet><idOp>1</idOp></arg0>" in said


def test_fields_are_read_whatever_the_namespace_and_the_case() -> None:
    said = read(ANSWER.format('<n:r xmlns:n="http://x"><n:idOp> 12 </n:idOp></n:r>').encode())

    assert said == {"idop": "12"}


def test_a_refusal_has_its_code() -> None:
    body = ANSWER.format(FAULT.format(kind="FonctionnelleErreur", code="P5")).encode()

    with pytest.raises(Fault) as caught:
        read(body)

    assert caught.value.code == "P5"


def test_a_service_out_of_order_has_none() -> None:
    body = ANSWER.format(FAULT.format(kind="TechIndisponibiliteErreur", code="12")).encode()

    with pytest.raises(Fault) as caught:
        read(body)

    assert caught.value.code == ""


@pytest.mark.parametrize(
    "body", [b"", b"<html><p></html>", b"<html/>", b"\xff\xfe", BOMB.encode(), b"{}"]
)
def test_anything_else_is_not_understood(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read(body)
