"""A page read as browsers do, to ask what is in it."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, fromstring

_VOID = frozenset(("meta", "br", "hr", "img", "link", "input"))


class _Reader(HTMLParser):
    """Every element must be closed by its own tag, in the right order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


class PageContent:
    """What a page consists of.

    Attributes:
        elements: each with its attributes, in their order.
        text: all text, the style's too.
    """

    def __init__(self, page: str) -> None:
        reader = _Reader()
        reader.feed(page)
        reader.close()
        assert reader.open == []
        self.elements = reader.elements
        self.text = "".join(reader.text)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that name."""
        return [attributes for name, attributes in self.elements if name == tag]


def as_tree(page: str) -> Element:
    """The page as XML, which our markup is but for the few elements that never close."""
    _, rest = page.split("</head>", 1)
    assert "<meta" not in rest
    return fromstring('<html lang="en">' + rest)
