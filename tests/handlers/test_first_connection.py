"""A4, H3: choosing a password, held at the gate or from the profile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.first_connection.routes import AnotherPassword, ChangePassword, KeepPassword
from conversations.home.routes import HOME
from domain.accounts.errors import ChoiceDiffers, ChoiceGone, TooManyAttempts, WrongPassword
from domain.accounts.passwords import Judgement, RuleCode
from tests.handlers.stage import PARENT

GOOD = Judgement(tuple((code, True) for code in RuleCode))
BAD = Judgement(tuple((code, code is not RuleCode.COMMON) for code in RuleCode))
OWN = "le tracteur bleu de mamie"


@pytest.fixture
def held(stage):
    stage.parent = replace(stage.parent, must_change_password=True)
    stage.domain.sessions[PARENT] = stage.parent
    stage.domain.answers |= {"choose_password": GOOD, "confirm_password": confirmed(stage)}
    return stage


def confirmed(stage, others: int = 0):
    """The gate opens."""

    def confirm(who, typed):
        stage.domain.sessions[PARENT] = replace(stage.parent, must_change_password=False)
        return others

    return confirm


# -- held at the gate --------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["/accueil", "/reserver", "/start", "/suivi"])
async def test_whoever_is_held_gets_the_rules_whatever_they_ask(held, typed):
    await held.say(typed)

    assert "Choisissez votre mot de passe" in held.shown.text
    assert "• 12 caractères au moins" in held.shown.text
    assert not held.domain.asked


@pytest.mark.parametrize("data", ["c", HOME, "zzz"])
async def test_old_buttons_lead_to_the_gate(held, data):
    await held.press(data)

    assert "Choisissez votre mot de passe" in held.shown.text


async def test_what_is_typed_at_the_gate_is_deleted_and_judged(held):
    held.domain.answers["choose_password"] = BAD

    await held.say("motdepasse")

    assert held.calls == ["delete", "send"]
    assert "✗ ni courant" in held.shown.text
    assert "✓ 12 caractères au moins" in held.shown.text
    assert "a été supprimé" in held.shown.text
    assert "motdepasse" not in held.shown.text


async def test_a_good_one_is_asked_for_again_then_opens_the_gate(held):
    await held.say(OWN)
    asked = held.shown.text
    await held.say(OWN)

    assert "une seconde fois" in asked
    assert held.domain.asked[:2] == [("choose_password", OWN), ("confirm_password", OWN)]
    assert held.shown.text.startswith("Le mot de passe a bien été enregistré.")
    assert held.shown.data("Réserver") == "c"


async def test_a_lost_state_costs_nothing(held):
    await held.say(OWN)
    held.storage.storage.clear()

    await held.say(OWN)

    assert [name for name, *_ in held.domain.asked] == ["choose_password"] * 2
    assert "une seconde fois" in held.shown.text


@pytest.mark.parametrize("error", [ChoiceDiffers(), ChoiceGone()])
async def test_what_is_not_confirmed_is_chosen_anew(held, error):
    held.domain.answers["confirm_password"] = error
    await held.say(OWN)
    await held.say("autre")

    await held.say(OWN)

    assert [name for name, *_ in held.domain.asked][-1] == "choose_password"


async def test_another_one_may_be_chosen(held):
    await held.say(OWN)

    await held.press(AnotherPassword().pack())
    await held.say("un tout autre mot de passe")

    assert held.domain.asked[-1] == ("choose_password", "un tout autre mot de passe")


async def test_no_password_is_kept_in_the_state_nor_logged(held, caplog):
    caplog.set_level("DEBUG")
    await held.say(OWN)

    kept = "".join(
        f"{record.state}{dict(record.data)}" for record in held.storage.storage.values()
    )
    assert OWN not in kept + caplog.text


async def test_a_sticker_is_no_password(held):
    await held.say(None, dice={"emoji": "🎲", "value": 1})

    assert held.calls == ["delete", "send"]
    assert "que du texte" in held.shown.text
    assert not held.domain.asked


@pytest.mark.parametrize("typed_before", [[], [OWN]])
async def test_an_edited_message_is_deleted_and_not_read(held, typed_before):
    for typed in typed_before:
        await held.say(typed)
    asked = list(held.domain.asked)

    message = held._message(PARENT, text="motdepasse") | {"edit_date": 1}
    await held.feed(edited_message=message)

    assert held.calls[-2:] == ["delete", "send"]
    assert held.domain.asked == asked


async def test_what_is_too_long_is_deleted_and_costs_nothing(held):
    await held.say("x" * 257)

    assert held.calls == ["delete", "send"]
    assert not held.domain.asked


@pytest.mark.parametrize(("command", "shows"), [("/privacy", "Vie privée"), ("/aide", "Aide")])
async def test_help_and_privacy_always_answer(held, command, shows):
    await held.say(command)

    assert shows in held.shown.text


async def test_leaving_is_always_possible(held):
    await held.say("/logout")

    assert held.domain.asked[-1][0] == "log_out"


async def test_the_language_can_be_chosen_at_the_gate(held):
    await held.say("/langue")
    await held.press(held.shown.data("English"))

    assert held.domain.asked == [("set_locale", "en")]
    assert "Choose your password" in held.shown.text


# -- from the profile --------------------------------------------------------------------------
@pytest.fixture
def changing(stage):
    stage.domain.answers |= {"choose_password": GOOD, "confirm_password": 2}
    return stage


async def until_new(stage):
    await stage.press(ChangePassword().pack())
    await stage.say("ancien")


async def test_the_old_password_is_asked_first(changing):
    await changing.press(ChangePassword().pack())
    asked = changing.shown.text
    await changing.say("ancien")

    assert "celui d'aujourd'hui" in asked
    assert changing.domain.asked == [("check_password", "ancien", PARENT)]
    assert "Choisissez un nouveau mot de passe" in changing.shown.text


async def test_changing_ends_the_other_devices_and_says_so(changing):
    await until_new(changing)
    await changing.say(OWN)

    await changing.say(OWN)

    assert "2 autres appareils ont été déconnectés." in changing.shown.text


@pytest.mark.parametrize("error", [WrongPassword(), None])
async def test_a_wrong_old_password_leads_no_further(changing, error):
    changing.domain.answers["check_password"] = error or TooManyAttempts(until=changing.now)
    await until_new(changing)

    await changing.say("ancien")

    assert [name for name, *_ in changing.domain.asked] == ["check_password"] * 2


@pytest.mark.parametrize("steps", [1, 2, 3])
async def test_an_unlocked_phone_left_on_a_table_is_locked_again(changing, steps):
    await changing.press(ChangePassword().pack())
    for typed in ("ancien", OWN, OWN)[: steps - 1]:
        await changing.say(typed)
    before = list(changing.domain.asked)
    changing.now += timedelta(minutes=11)

    await changing.say(OWN)

    assert changing.domain.asked == before
    assert changing.shown.text.startswith("Vous avez attendu trop longtemps")
    assert "celui d'aujourd'hui" in changing.shown.text
    assert changing.calls[-2:] == ["delete", "send"]


async def test_the_next_session_on_this_phone_has_given_no_old_password(changing):
    await until_new(changing)
    changing.domain.sessions[PARENT] = replace(changing.parent, session_id=99)

    await changing.say(OWN)
    await changing.press(AnotherPassword().pack())

    assert changing.domain.asked == [("check_password", "ancien", PARENT)]
    assert "celui d'aujourd'hui" in changing.shown.text


async def test_no_button_leads_past_the_old_password(changing):
    await changing.press(ChangePassword().pack())

    await changing.press(AnotherPassword().pack())
    await changing.say(OWN)

    assert changing.domain.asked == [("check_password", OWN, PARENT)]


async def test_another_one_may_be_chosen_without_the_old_one_again(changing):
    await until_new(changing)
    await changing.say(OWN)

    await changing.press(AnotherPassword().pack())
    await changing.say("un tout autre mot de passe")

    assert changing.domain.asked[-1] == ("choose_password", "un tout autre mot de passe")


async def test_keeping_the_password_forgets_the_steps(changing):
    await until_new(changing)

    await changing.press(KeepPassword().pack())
    await changing.say(OWN)

    assert [name for name, *_ in changing.domain.asked] == ["check_password", "show_home"]
    assert "Je ne comprends que les boutons" in changing.shown.text


async def test_a_command_is_no_password(changing):
    await changing.press(ChangePassword().pack())

    await changing.say("/suivi")

    assert "delete" not in changing.calls
    assert ("check_password", "/suivi", PARENT) not in changing.domain.asked
