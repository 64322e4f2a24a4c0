"""Pages read as a browser reads them: elements with their attributes, forms to fill, links to follow."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "meta", "link", "img", "hr", "path", "use"}


@dataclass
class Field:
    """One thing to fill in."""

    name: str
    kind: str  # text, hidden, select, ...
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._text: Field | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        said = {name: value or "" for name, value in attributes}
        self.elements.append((tag, tuple(name for name, _ in attributes)))
        if tag == "a" and said.get("href", "").startswith("/"):
            self.links.append(said["href"])
        if tag == "form":
            self._form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._inside_form(tag, said)

    def _inside_form(self, tag, said):
        name = said.get("name", "")
        if tag == "input" and name:
            self._form.fields.append(Field(name, said.get("type", "text"), said.get("value", "")))
        elif tag == "textarea":
            self._text = Field(name, "text")
            self._form.fields.append(self._text)
        elif tag == "select":
            self._select = Field(name, "select")
            self._form.fields.append(self._select)
        elif tag == "option" and self._select is not None:
            self._select.choices.append(said.get("value", ""))
        elif tag == "button" and name:
            self._form.buttons.append((name, said.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text is not None:
            self._text.value = self._text.value.removeprefix("\n")  # as a browser does
            self._text = None

    def handle_data(self, data):
        if self._text is not None:
            self._text.value += data
        if data.strip():
            self.words.append(data.strip())


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and attribute names in order, without any text or value."""
    return Page(html).elements
