"""A citation: what was published, by whom as far as anybody knows, where and when; and what it is a review of.

An author may be whole, a body, a handle only, or not known: each is said as it is, and none is completed by a guess.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from waystation.casework.dates import Span
from waystation.library.said import as_written

NAME, BODY, HANDLE = "name", "body", "handle"
KINDS = ("opinion", "news", "magazine", "scholarly", "book", "report", "film", "video", "broadcast", "review",
         "interview", "page", "post", "newsletter", "speech")
SHOWN = ("film", "video", "broadcast")  # whoever made it directed it
GENRES = ("people", "storytelling", "opinion", "documentary", "short_film", "music_video", "fiction", "reenactment",
          "animation", "memoir", "history", "law", "politics", "religion", "culture", "research")


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote or made it, as the publication says it."""

    said: str
    sort: str = NAME  # a person's name, a body, or a handle with nothing known behind it

    @property
    def incomplete(self) -> bool:
        """Whether nobody knows the name behind it."""
        return self.sort == HANDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One publication. `reviews` is the title of the work that it speaks of, which may have many such."""

    key: str
    kind: str                              # of KINDS
    title: str
    titles: tuple[str, ...] = ()           # other titles of the same work
    authors: tuple[Author, ...] = ()
    container: str = ""                    # the paper, site or series it stands in
    publisher: str = ""
    issued: Span | None = None
    looked_up: date | None = None
    address: str = ""
    language: str = ""
    genres: tuple[str, ...] = ()
    reviews: str = ""
    words: str = field(default="", repr=False)  # the day in the words of the page, where they are not a date

    @property
    def incomplete(self) -> bool:
        """Whether the author is missing, or a handle alone."""
        return not self.authors or all(one.incomplete for one in self.authors)


def author_of(line: str) -> Author:
    """An author as somebody typed it: `Family, Given`, a name, `@handle`, or a body in square brackets.

    >>> author_of("@river_reader"), author_of("[A ministry]").sort, author_of("Doe, Jane").sort
    (Author(said='@river_reader', sort='handle'), 'body', 'name')
    """
    text = " ".join(line.split())
    if text.startswith("@"):
        return Author(text, HANDLE)
    if text.startswith("[") and text.endswith("]"):
        return Author(text[1:-1].strip(), BODY)
    return Author(text)


def typed(author: Author) -> str:
    """As `author_of` reads it."""
    return f"[{author.said}]" if author.sort == BODY else author.said


_WORDS = {
    "en": {"handle": "{} (a handle; the name is not known)", "none": "Author not known", "between": "between {} and {}",
           "undated": "no date", "reviews": "On: {}", "looked_up": "looked up on {}", "printed": "the page says “{}”",
           "also": "also as {}"},
    "ko": {"handle": "{} (아이디만 있고 이름은 알려지지 않음)", "none": "글쓴이 알려지지 않음",
           "between": "{}부터 {} 사이",
           "undated": "날짜 없음", "reviews": "다룬 작품: {}", "looked_up": "{}에 찾아봄", "printed": "면에는 “{}”",
           "also": "다른 제목 {}"},
}


def in_words(of: Citation, language: str = "en") -> str:
    """The citation as one line of text, everything that is not known said to be so.

    >>> one = Citation(key="a", kind="post", title="On a film", authors=(Author("@river_reader", HANDLE),))
    >>> in_words(one)
    '@river_reader (a handle; the name is not known). “On a film”. no date.'
    """
    said = _WORDS[language]
    authors = "; ".join(said["handle"].format(one.said) if one.incomplete else one.said for one in of.authors)
    title = f"“{of.title}”" + (f" ({said['also'].format(', '.join(of.titles))})" if of.titles else "")
    parts = [authors or said["none"], title, said["reviews"].format(f"“{of.reviews}”") if of.reviews else "",
             ", ".join(one for one in (of.container, of.publisher, when(of, language)) if one),
             ", ".join(one for one in (of.address,
                                       said["looked_up"].format(of.looked_up) if of.looked_up else "") if one)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def when(of: Citation, language: str = "en") -> str:
    """When it was published: a date, an interval with both its ends, or that nobody knows."""
    said = _WORDS[language]
    if of.issued is None:
        return said["undated"]
    first, both, last = as_written(of.issued).partition("/")
    text = said["between"].format(first, last) if both else first
    return f"{text} ({said['printed'].format(of.words)})" if of.words else text


def reviewed(work: str, among: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Keys of the publications that speak of a work, of pairs (own key, key of the work). One work may have many.

    >>> reviewed("film", [("a", "film"), ("b", ""), ("c", "film")])
    ('a', 'c')
    """
    return tuple(own for own, of in among if of == work and own != work)
