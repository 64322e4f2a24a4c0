"""What people type into the library, checked before anything is done with it. Nothing is chosen beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import reading, words

LONG, SHORT = 4_000, 300
CHOOSE = ("", _("Choose"))
REACH = _("This says how to reach somebody. Take that out: the library keeps what was said in public, never that.")


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": SHORT,
                                           "widget": forms.TextInput(attrs={"autocomplete": "off"})} | more)


def _text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONG, "widget": forms.Textarea(
        attrs={"rows": rows, "class": "short"})} | more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False,
                                     widget=forms.CheckboxSelectMultiple)


class EntryForm(forms.Form):
    """What every form of an entry has. `typed` is what the record gets; no text of it says how to reach anybody."""

    HANDLES: tuple[str, ...] = ()   # fields in which a handle may stand: the address of a page, an author
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        """Each field that says how to reach somebody is named."""
        given = super().clean() or {}
        for name in [one for one in given if one not in ("text", "keep") or isinstance(self, NoteForm)]:
            if reading.names_a_way(self.data.get(name, ""), handles=name in self.HANDLES):
                self.add_error(name, forms.ValidationError(REACH, code="reach"))
        return given

    def clean_looked_up(self) -> Any:
        """Not a day to come."""
        day = self.cleaned_data["looked_up"]
        if day is not None and day > reading.today():
            raise forms.ValidationError(_("This day is still to come."), code="day")
        return day

    def typed(self) -> dict[str, Any]:
        """As it is kept: days as text, several values as lists."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "text", "keep")}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}


class PublicationForm(EntryForm):
    """What somebody published."""

    HANDLES = ("address", "authors")
    title = _line(_("Title"))
    titles = _text(_("Other titles of the same work, one in a line"), rows=2, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[CHOOSE, *words.KINDS.items()])
    genres = _several(_("Genres"), list(words.GENRES.items()))
    authors = _text(_("Authors or makers, one in a line: “Family, Given”; a handle as @name if that is all that is "
                      "known; a body in [brackets]; empty if not known"), rows=2, required=False)
    container = _line(_("Where it was published: paper, site, series"), required=False)
    publisher = _line(_("Publisher, if another"), required=False)
    reviews = forms.ChoiceField(label=_("The work that it speaks of, if that stands in the library"), required=False)
    people = _several(_("Public persons in it"), [])
    issued = _line(_("Published: 2013-05-17, 2013-05, 2013, or from/to as 2013-05-17/2014-02-01; empty if not known"),
                   required=False)
    issued_words = _line(_("If the page gives only an age: its words, as “2 years ago”"), required=False)
    looked_up = _day(_("Looked up on"))
    language = _line(_("Language"), required=False)
    address = _text(_("Address or page. It is kept as text and never opened"), rows=2, required=False)

    def __init__(self, *given: Any, works: list[tuple[str, str]], persons: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["reviews"].choices = [("", _("none of these")), *works]  # type: ignore[attr-defined]
        self.fields["people"].choices = persons                             # type: ignore[attr-defined]
        if not persons:
            del self.fields["people"]

    def clean_issued(self) -> str:
        """A date or an interval."""
        try:
            return reading.interval(self.cleaned_data["issued"])
        except ValueError as reason:
            raise forms.ValidationError(_("Write 2013-05-17, 2013-05, 2013, or from/to as 2013-05-17/2014-02-01."),
                                        code="when") from reason

    def clean_authors(self) -> list[dict[str, str]]:
        """One in a line."""
        return reading.authors(self.cleaned_data["authors"])

    def clean_titles(self) -> list[str]:
        """One in a line."""
        return _lines(self.cleaned_data["titles"])

    def typed(self) -> dict[str, Any]:
        """As it is kept."""
        return {"people": []} | super().typed()


class PageForm(PublicationForm):
    """A pasted page with what somebody chose of it. The page itself is read anew: nobody counts for it."""

    text = forms.CharField(max_length=reading.LONGEST, widget=forms.HiddenInput)
    keep = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *given: Any, lines: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["keep"].choices = [(number, "") for number in range(lines)]  # type: ignore[attr-defined]


class PasteForm(forms.Form):
    """A page, as somebody copied it from where they read it."""

    text = forms.CharField(label=_("The text of the page or newsletter"), max_length=reading.LONGEST,
                           widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}))
    looked_up = _day(_("Looked up on"))
    page: Any = None

    def clean(self) -> dict[str, Any]:
        """Read; a list of readers is refused whole."""
        given = super().clean() or {}
        text, day = given.get("text"), given.get("looked_up")
        if not text or not day:
            return given
        if day > reading.today():
            self.add_error("looked_up", forms.ValidationError(_("This day is still to come."), code="day"))
            return given
        try:
            self.page = reading.page(text, day)
        except (OverflowError, ValueError):
            self.add_error("text", forms.ValidationError(
                _("This is too long to look through. Paste one page."), code="long"))
            return given
        if self.page is None:
            self.add_error("text", forms.ValidationError(words.READERS, code="readers"))
        return given


class PersonForm(EntryForm):
    """Somebody by what they do in public."""

    name = _line(_("Name under which they act in public"))
    others = _text(_("Other public names, one in a line"), rows=2, required=False)
    role = forms.ChoiceField(label=_("As what they act in public"), choices=[CHOOSE, *words.ROLES.items()])
    does = _text(_("What they do or did in public"))
    source = _text(_("Where that is written"), rows=2)
    looked_up = _day(_("Looked up on"))

    def clean_others(self) -> list[str]:
        """One in a line."""
        return _lines(self.cleaned_data["others"])


class NoteForm(EntryForm):
    """What one must know to understand the rest."""

    title = _line(_("About what"))
    text = _text(_("The note. No name and nothing about anybody in a case"), rows=6)
    author = _line(_("Who wrote it, by name as it may be printed"))
    source = _text(_("On what it rests"), rows=2)
    looked_up = _day(_("Looked up on"))

    def typed(self) -> dict[str, Any]:
        """As it is kept: here `text` is a field of the record."""
        return super().typed() | {"text": self.cleaned_data["text"]}


class FactForm(forms.Form):
    """One more sentence of a publication."""

    text = _text(_("What it says, in one sentence"))
    where = _line(_("Where in it: page, minute, paragraph"), required=False)

    def clean(self) -> dict[str, Any]:
        """No way to reach anybody."""
        given = super().clean() or {}
        for name in ("text", "where"):
            if reading.names_a_way(given.get(name, "")):
                self.add_error(name, forms.ValidationError(REACH, code="reach"))
        return given


class OutForm(forms.Form):
    """Which sentence is taken out."""

    item = forms.RegexField(r"^[0-9a-f]{16}$", widget=forms.HiddenInput)


class FilterForm(forms.Form):
    """Which publications are shown."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("all")), *words.KINDS.items()], required=False)
    genre = forms.ChoiceField(label=_("Genre"), choices=[("", _("all")), *words.GENRES.items()], required=False)


class PackForm(forms.Form):
    """What goes into a pack for outsiders, and as what."""

    title = _line(_("Title of the pack"))
    language = forms.ChoiceField(label=_("Language of its own words"), choices=[CHOOSE, *words.LANGUAGES.items()])
    publications = _several(_("Publications, and how many sentences were kept of each"), [])
    notes = _several(_("Notes"), [])
    people = _several(_("Public persons"), [])
    form = forms.ChoiceField(label=_("As what"), choices=[CHOOSE, *words.FORMS.items()])
    read = forms.BooleanField(label=_(
        "I read every sentence of it: nobody whom this office helps, and no helper, is in it"))

    def __init__(self, *given: Any, of: dict[str, list[tuple[str, str]]], **more: Any) -> None:
        super().__init__(*given, **more)
        for name, choices in of.items():
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


def _lines(text: str) -> list[str]:
    return [one for one in (" ".join(line.split()) for line in text.splitlines()) if one]
