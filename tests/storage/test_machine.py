"""The state machine of bookings over real databases: the same steps, the same promises.

A few examples here; as many as the fakes get, and more, by ``make soak``.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.crypto import Keyring
from tests.storage import machine_world
from tests.unit.bookings.test_machine import ApprovalMachine, BookingMachine

SOAK = bool(os.environ.get("CARTABLE_SOAK"))
A_FEW = settings(
    max_examples=400 if SOAK else 12,
    stateful_step_count=40 if SOAK else 20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("machine", [BookingMachine, ApprovalMachine])
def test_the_machine_keeps_its_promises(
    machine: type[BookingMachine], database_url: str, keyring: Keyring
) -> None:
    class OverSql(machine):  # type: ignore[valid-type,misc]
        def open_world(self):
            self.database = machine_world.opened(self.runner, database_url, keyring)
            return machine_world.build(self.runner, self.database, self.a_town())

        def close_world(self) -> None:
            self.runner.run(self.database.close())

    run_state_machine_as_test(OverSql, settings=A_FEW)
