"""What letters say, in each language that they are written in: our own words, one file for each language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    language: str
    table: Mapping[str, Any]

    def say(self, key: str, **given: object) -> str:
        """A sentence by its key ("who.child"). What is given stands in it as it is. Raises `KeyError`.

        >>> wording("en").say("who.many", count=3, children=0)
        '3 people'
        """
        said: Any = self.table
        for part in key.split("."):
            said = said[part]
        return str(said).format(**given)

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        said: Any = self.table
        for part in key.split("."):
            if not isinstance(said, dict) or part not in said:
                return False
            said = said[part]
        return True

    def day(self, day: date) -> str:
        """A day as a letter writes it.

        >>> wording("en").day(date(2030, 5, 1)), wording("ko").day(date(2030, 5, 1))
        ('1 May 2030', '2030년 5월 1일')
        """
        return self.say("day", day=day.day, month=self.table["months"][day.month - 1], year=day.year)

    def state(self, code: str) -> str:
        """A State by its name; one that has no words here by its code."""
        return str(self.table["states"].get(code, code)) if code else self.say("states.nobody_knows")


@cache
def wording(language: str) -> Wording:
    """The words of a language. Raises `FileNotFoundError` for one in which nothing is written."""
    text = files("waystation.appeals").joinpath("words", f"{language}.toml").read_text("utf-8")
    return Wording(language, tomllib.loads(text))
