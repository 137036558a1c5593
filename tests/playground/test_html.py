"""Telegram's HTML, with the complaints that its own tests expect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import units
from bot.playground.entities.errors import CannotParse
from bot.playground.entities.formatted import detected, formatted
from bot.playground.entities.html_text import parse_html
from bot.playground.entities.render import to_html


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("<b></b></", "Unexpected end tag at byte offset 7"),
        ("<b>bold</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("<b>bold</b", "Unclosed end tag at byte offset 7"),
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source, complaint):
    with pytest.raises(CannotParse) as refused:
        parse_html(source)

    assert str(refused.value) == complaint


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a &amp; b &lt;c&gt; &quot;d&quot; &#233; &#xE9;", 'a & b <c> "d" é é', []),
        ("&eacute; & co &", "&eacute; & co &", []),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("🎒<u>é</u>", "🎒é", [("underline", 2, 1)]),
        ("<b></b>x", "x", []),
        ("<STRONG>x</>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
    ],
)
def test_good_markup_becomes_text_and_entities(source, text, entities):
    found_text, found = parse_html(source)

    assert found_text == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_keep_their_address():
    _, [link] = parse_html('<a href="https://a.fr/?x=1&amp;y=2">ici</a>')

    assert link["url"] == "https://a.fr/?x=1&y=2"


def test_blank_edges_are_trimmed_with_their_entities():
    text, entities = formatted("\n <b> Léa \n</b>", "HTML", None)

    assert (text, entities) == ("Léa", [{"type": "bold", "offset": 0, "length": 3}])


def test_commands_links_and_addresses_are_found():
    text = "🎒 /aide ou https://a.fr/x. ou lea@a.fr, 1/2"

    found = [(e["type"], e["offset"], e["length"]) for e in detected(text)]

    assert found == [("bot_command", 3, 5), ("url", 12, 14), ("email", 31, 8)]


def test_nothing_is_found_inside_code():
    _, entities = formatted("<code>/aide</code>", "HTML", None)

    assert [entity["type"] for entity in entities] == ["code"]


@given(st.text(alphabet="<>/ab=\"'& ;é🎒\n"))
def test_no_text_breaks_the_reader(source):
    try:
        text, entities = parse_html(source)
    except CannotParse:
        return

    end = units.length(text)
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= end for e in entities)


@given(st.text(alphabet="<>&\"'é🎒a\n", min_size=1), st.sampled_from(["b", "i", "code"]))
def test_text_is_shown_as_it_is_and_never_as_markup(words, tag):
    source = words.replace("&", "&amp;").replace("<", "&lt;")
    text, entities = parse_html(f"<{tag}>{source}</{tag}>")

    shown = to_html(text, entities)

    inner = shown.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
    assert text == words
    assert "<" not in inner
    assert len(inner) < len(shown)


def test_crossing_and_nested_entities_close_in_order():
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 2, "length": 2},
    ]

    assert to_html("abcd", entities) == "<b>ab<i>cd</i></b>"


def test_an_unsafe_address_is_no_link():
    entities = [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript://x"}]

    assert to_html("x", entities) == "x"
