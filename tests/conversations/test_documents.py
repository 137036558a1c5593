"""Documents at the gate, and the house rules of each child (A5, A6)."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.documents import views
from conversations.texts import Html
from domain.documents.model import ConsentState, DocumentKind
from tests import builders
from tests.conversations import facts

NOW = builders.NOW


@given(st.text(st.sampled_from("ab \n"), max_size=9000))
def test_a_long_text_is_cut_in_parts_and_every_word_is_shown(body):
    parts = views.parts(body)

    assert all(len(part) <= views.PAGE for part in parts)
    assert "".join("".join(parts).split()) == "".join(body.split())


def test_each_document_says_how_far_one_is_with_it(t):
    privacy = facts.legal_document(kind=DocumentKind.PRIVACY)
    states = (
        ConsentState(privacy, NOW, NOW),
        ConsentState(facts.legal_document(kind=DocumentKind.TERMS), NOW),
        ConsentState(facts.legal_document()),
    )

    screen = views.consents(states, Html("Mairie"), t)

    assert [row[0].text for row in screen.rows] == [
        "☑ Protection des données (RGPD)",
        "☐ Conditions d'utilisation",
        "☐ Utilisation de Telegram",
        "Se déconnecter",
    ]
    assert "☑ Protection des données (RGPD) · accepté le" in screen.text
    assert "☐ Conditions d'utilisation · ouvert, à cocher" in screen.text
    assert "☐ Utilisation de Telegram · à lire" in screen.text


def test_only_the_end_of_a_text_can_be_ticked(t):
    long = ConsentState(facts.legal_document(body="mot " * 2000), NOW)

    first, last = views.document(long, 1, t), views.document(long, 4, t)

    assert "J'ai lu" not in str(first.rows)
    assert "J'ai lu" in str(last.rows)
