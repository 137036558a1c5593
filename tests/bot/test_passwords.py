import pytest

from bot.passwords import Argon2Passwords


@pytest.fixture(scope="module")
def passwords() -> Argon2Passwords:
    return Argon2Passwords(memory_kib=64, passes=1)


async def test_the_right_password_is_accepted(passwords: Argon2Passwords) -> None:
    kept = await passwords.hash("cheval pile agrafe")

    assert await passwords.verify("cheval pile agrafe", kept)
    assert "cheval" not in kept


async def test_a_wrong_password_is_refused(passwords: Argon2Passwords) -> None:
    kept = await passwords.hash("cheval pile agrafe")

    assert not await passwords.verify("cheval pile agraffe", kept)


async def test_nobody_has_no_password_not_even_the_dummy(passwords: Argon2Passwords) -> None:
    """A8: an unknown identifier costs the same work and never lets in."""
    assert not await passwords.verify("nobody's password", None)


async def test_a_damaged_hash_lets_nobody_in(passwords: Argon2Passwords) -> None:
    assert not await passwords.verify("x", "$argon2id$damaged")


async def test_a_hash_with_other_costs_is_outdated(passwords: Argon2Passwords) -> None:
    kept = await passwords.hash("cheval pile agrafe")

    assert not passwords.outdated(kept)
    assert Argon2Passwords(memory_kib=128, passes=1).outdated(kept)


async def test_a_flood_of_logins_takes_a_few_cores_at_a_time() -> None:
    passwords = Argon2Passwords(at_once=1, memory_kib=64, passes=1)
    kept = await passwords.hash("x")

    async with passwords._gate:
        verifying = passwords.verify("x", kept)
        step = verifying.send(None)

        assert step is not None  # it waits for the gate, and no thread works
    verifying.close()
