from conversations.announcements.routes import Announcements, OpenAttachment, ReadAnnouncement
from conversations.home.routes import HOME
from domain.announcements.model import Attachment
from domain.errors import NotFound
from tests import builders
from tests.conversations import facts


async def test_home_shows_what_the_town_says_and_how_to_read_on(stage):
    told = facts.announcement(4, text="mot " * 200, file_name="affiche.png")
    stage.domain.answers["show_home"] = facts.home(announcements=(told,))

    await stage.press(HOME)

    assert "<b>Fête de l'école</b>\nmot mot" in stage.shown.text
    assert stage.shown.data("Lire la suite") == ReadAnnouncement(announcement=4).pack()
    assert stage.shown.data("Voir le document") == OpenAttachment(announcement=4).pack()


async def test_home_shows_three_and_a_way_to_all(stage):
    told = tuple(facts.announcement(n, title=f"Titre {n}") for n in range(1, 6))
    stage.domain.answers["show_home"] = facts.home(announcements=told)
    stage.domain.answers["list_announcements"] = told

    await stage.press(HOME)
    home = stage.shown
    await stage.press(home.data("Toutes les informations (5)"))

    assert "Titre 3" in home.text
    assert "Titre 4" not in home.text
    assert [row[0].text for row in stage.shown.screen.rows[:5]] == [one.title for one in told]


async def test_an_announcement_is_read_whole(stage):
    stage.domain.answers["read_announcement"] = facts.announcement(4, text="mot " * 200)

    await stage.press(ReadAnnouncement(announcement=4).pack())

    assert stage.shown.text.count("mot") == 200


async def test_its_picture_is_sent_below(stage):
    stage.domain.answers["fetch_attachment"] = Attachment("Fête", "affiche.PNG", b"png")

    await stage.press(OpenAttachment(announcement=4).pack())

    (sent,) = [told.document for told in stage.wire.told if told.document]
    assert (sent.name, sent.content, sent.is_picture) == ("affiche.PNG", b"png", True)
    assert sent.caption == "<b>Fête</b>"


async def test_what_is_over_or_not_theirs_is_refused(stage):
    for name in ("read_announcement", "fetch_attachment"):
        stage.domain.answers[name] = NotFound()

    await stage.press(ReadAnnouncement(announcement=4).pack())
    await stage.press(OpenAttachment(announcement=4).pack())

    refused = [told.text for told in stage.wire.told if told.screen]
    assert [text.startswith("Cet élément n'existe pas") for text in refused] == [True, True]


async def test_the_list_may_be_empty(stage):
    stage.domain.answers["list_announcements"] = ()

    await stage.press(Announcements().pack())

    assert "Aucune information" in stage.shown.text


async def test_the_to_do_comes_before_all_else(stage):
    todo = facts.longest_home().todo
    stage.domain.answers["show_home"] = facts.home(todo=todo)

    await stage.press(HOME)

    assert stage.shown.text.index("À faire") < stage.shown.text.index("Que souhaitez-vous")
    assert "Règlement intérieur à signer" in stage.shown.text
    assert "Solde négatif" in stage.shown.text
    assert "répondez avant le lun. 23 nov. à 10:00" in stage.shown.text
    assert "Rien n'est réservé" in stage.shown.text
    assert stage.shown.data("Répondre aux places proposées") == "f:1"


async def test_another_structure_is_offered_where_there_is_one(stage):
    structure = builders.catalogue().structures[builders.TOWN]
    stage.domain.answers["show_home"] = facts.home(structures=(structure, structure))

    await stage.press(HOME)

    assert stage.shown.data("Changer de structure") == "st"
