"""A receipt that may be shown years later, and to a bank (M4)."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.locales import load
from conversations.payments import receipt
from domain.notices.model import Kind
from tests import builders
from tests.builders import TOWN
from tests.conversations import due as dues

t = load()("fr")
PARAMS = {
    "structure": TOWN,
    "wallet": "Périscolaire",
    "amount": "88.75",
    "mode": "CBLEUE",
    "number": "A" * 20,
    "operation": "charge-1",
    "bank": "PayFiP",
    "paid_at": "2019-12-31T23:30:00+00:00",
}


def told(zone: str = "Europe/Paris", **changed: str) -> dict[str, str]:
    due = dues.due(Kind.PAYMENT_RECEIPT, **{**PARAMS, **changed})
    due = replace(due, notice=replace(due.notice, secret={"payer": "HADDAD Nora"}))
    catalogue = builders.catalogue()
    town = replace(catalogue.structures[TOWN], zone=ZoneInfo(zone))
    return dict(receipt.facts(due, replace(catalogue, structures={TOWN: town}), t))


def test_a_receipt_tells_the_year_and_the_hour_of_its_town():
    assert told()["Date"] == "1er janvier 2020 à 00:30"
    assert told("America/Martinique")["Date"] == "31 décembre 2019 à 19:30"


def test_two_payments_of_one_order_have_receipts_that_differ():
    first, second = told(), told(operation="charge-2")

    assert first["N° de pièce"] == second["N° de pièce"]
    assert (first["N° d'opération"], second["N° d'opération"]) == ("charge-1", "charge-2")


@pytest.mark.parametrize(("label", "value"), [("Payeur", "HADDAD Nora"), ("Banque", "PayFiP")])
def test_a_receipt_names_who_paid_and_by_what(label: str, value: str):
    assert told()[label] == value


def test_what_the_provider_did_not_tell_is_left_out():
    assert "Banque" not in told(bank="")
