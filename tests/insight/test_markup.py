from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.insight.markup import Markup, element, joined, percent, plain


@given(st.text())
def test_any_text_stays_text_inside_an_element_and_its_attributes(text: str) -> None:
    written = element("p", text, element("b", text), title=text)
    found = ElementTree.fromstring(written)
    assert [one.tag for one in found.iter()] == ["p", "b"]
    assert found.attrib == {"title": plain(text)}
    assert "".join(found.itertext()) == 2 * plain(text)


def test_nothing_turns_text_around_or_hides_in_it() -> None:
    assert plain("a\u202eb\u2066c\x1b[31m\x00\ud800") == "a\ufffdb\ufffdc\ufffd[31m\ufffd\ufffd"
    assert plain("one\r\ntwo\u2028three\tfour") == "one  two three four"


def test_joiners_of_scripts_and_emoji_stay() -> None:
    assert plain("می\u200cخواهم 👩\u200d🔧") == "می\u200cخواهم 👩\u200d🔧"


def test_markup_is_joined_as_it_is_and_text_is_escaped() -> None:
    assert joined([Markup("<br>"), None, "a<b"], " ") == "<br> a&lt;b"


def test_what_is_none_is_left_out() -> None:
    assert element("td", None, "x", class_=None, title="") == '<td title="">x</td>'


def test_parts_of_the_width_are_percentages() -> None:
    assert [percent(one) for one in (0, 1 / 3, 1)] == ["0%", "33.333%", "100%"]
