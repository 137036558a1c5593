"""Two children asked for together, over real HTTP (B16)."""

from bot.demo import Demo
from tests.driver import Parent
from tests.e2e.town import CASIMIR, logged_in


async def draft_a_day(parent: Parent, child: str, day: str | None = None) -> str:
    """January's canteen; the first free day unless it is named."""
    await parent.say("/reserver")
    await parent.press(child)
    await parent.press("Restauration Scolaire")
    for _ in range(2):
        await parent.press("›", exact=True)
    labels = [x for row in (await parent.screen()).rows for x in row]
    free = [x for x in labels if x[0].isdecimal() and x[-1] in "₀₁₂₃₄₅₆₇₈₉"]
    label = next(x for x in free if day is None or x.rstrip("₀₁₂₃₄₅₆₇₈₉") == day)
    await parent.press(label, exact=True)
    return label.rstrip("₀₁₂₃₄₅₆₇₈₉")


async def test_siblings_are_linked_in_the_recap_and_the_choice_outlives_a_restart(demo: Demo):
    nadia = await logged_in(demo, CASIMIR)
    day = await draft_a_day(nadia, "Leo")
    await nadia.press("Vérifier mes demandes")
    alone = await nadia.screen()
    await draft_a_day(nadia, "Marina", day)
    await nadia.press("Vérifier mes demandes")
    offered = await nadia.screen()
    await nadia.press("☐ Frères et sœurs : ensemble ou aucun")
    await demo.restart_bot()
    linked = await nadia.screen()

    await nadia.press("Valider")

    assert not alone.has("Frères et sœurs")
    assert offered.has("☐ Frères et sœurs : ensemble ou aucun")
    assert linked.has("☑ Frères et sœurs : ensemble ou aucun")
    assert "une place pour chacun, ou une attente commune" in linked.text
    assert "Acceptées (2)" in (await nadia.screen()).text
