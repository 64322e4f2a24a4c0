"""A story as its sealed record says it, and what of it a reader would be shown.

    body = {"sort": "story", "stage", "title", "dek", "language", "year", "season", "warning", "until",
            "course": [codes], "segments", "people": [{"case", "person", "data", "byline"}], "motifs",
            "calls", "sources", "register", "described", "selection": {"why", "withheld"}, "counts", "inside",
            "helpers", "checks", "judged", "looked", "clearing", "cleared", "reach",
            "published": {"slug", "at", "digest"}, "recalled": {"at", "by", "reason"}}

What was counted, searched and signed is bound to the digest of exactly what a reader would be shown: a changed word
asks for all of it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from waystation.stories.clearance import Count
from waystation_web.cases import values
from waystation_web.gateways import publication
from waystation_web.records.record import OfRecord, Record

from .rendering import Told

TYPE, SORT = "story", "story"
PROPOSED, DRAFTED, CLEARED, PUBLISHED, RECALLED = "proposed", "drafted", "cleared", "published", "recalled"
DESCRIBED = ("sex", "band", "from_year", "to_year")


@dataclass(frozen=True, slots=True)
class Story(OfRecord):
    """One story, opened for one request."""

    @property
    def body(self) -> Mapping[str, Any]:
        """What the record says."""
        return self.record.body

    @property
    def title(self) -> str:
        """Its title; what it is called until it has one."""
        return values.text(self.body, "title") or self.key[:4].upper()

    @property
    def people(self) -> list[Mapping[str, Any]]:
        """Of whom it tells."""
        return values.items(self.body, "people")

    @property
    def cases(self) -> tuple[bytes, ...]:
        """The cases of which it tells, each once."""
        return tuple(dict.fromkeys(values.account(one, "case") for one in self.people))

    @property
    def stage(self) -> str:
        """Where it stands. What was signed for other words is not cleared any more."""
        said = values.text(self.body, "stage") or PROPOSED
        if said == CLEARED and values.text(values.part(self.body, "cleared"), "digest") != self.digest:
            return DRAFTED
        if said == PUBLISHED and publication.is_gone(self.slug):
            return RECALLED  # somebody took their consent back, and whoever heard it may not read this record
        return said

    @property
    def slug(self) -> str:
        """The name of its page, once it has been published."""
        return values.text(values.part(self.body, "published"), "slug")

    @property
    def told(self) -> Told:
        """What a reader would be shown, and nothing else."""
        body = self.body
        segments = [{name: values.text(one, name) for name in ("label", "heading", "text", "source")}
                    for one in values.items(body, "segments")]
        links = {of: [{name: values.text(one, name) for name in ("text", "url")} for one in values.items(body, of)]
                 for of in ("calls", "sources")}
        register = values.items(body, "register")
        makers = [f"{values.text(one, 'what')}: {values.text(one, 'who')}".strip(": ") for one in register
                  if one.get("kind") == "maker"]
        rights = " · ".join(values.text(one, "who") for one in register if one.get("kind") == "rights")
        return Told(slug=self.slug or self.key, title=self.title, dek=values.text(body, "dek"),
                    language=values.text(body, "language") or "en", year=values.whole(body, "year"),
                    season=values.text(body, "season"), warning=values.text(body, "warning"),
                    byline=", ".join(filter(None, (values.text(one, "byline") for one in self.people))),
                    segments=segments, course=values.texts(body, "course"), makers=makers, rights=rights, **links)

    @property
    def digest(self) -> str:
        """Of everything that decides who could be known by it: what is shown, of whom, and how they are described."""
        told = self.told
        shown = {name: getattr(told, name) for name in (
            "title", "dek", "language", "year", "season", "warning", "byline", "segments", "course", "calls", "sources",
            "makers", "rights")}
        about = {"people": [[one.get("case"), one.get("person"), one.get("data")] for one in self.people],
                 "described": self.body.get("described"), "motifs": [[one.get("name"), one.get("decided")] for one in
                                                                     values.items(self.body, "motifs")]}
        return sha256(json.dumps([shown, about], sort_keys=True, ensure_ascii=False, default=list).encode()).hexdigest()

    def now(self, of: str) -> list[Mapping[str, Any]]:
        """Items of a list that were written about exactly these words."""
        return [one for one in values.items(self.body, of) if one.get("digest") == self.digest]

    @property
    def counts(self) -> tuple[Count, ...]:
        """Who counted how many people fit."""
        return tuple(Count(by=values.text(one, "by"), matches=values.whole(one, "matches") or 0,
                           over=values.text(one, "over")) for one in self.now("counts"))

    @property
    def inside(self) -> bool | None:
        """Whether a relative who is still inside could be known by it; one yes counts more than any no.

        A "no" is none unless somebody said it to whom the register of these relatives was open.
        """
        said = self.now("inside")
        if any(values.answer(one, "identifiable") is not False for one in said):
            return True
        return False if any(values.answer(one, "register") is True for one in said) else None


def story_of(held: Record) -> Story | None:
    """The story in a record; None if the record is something else of the type."""
    return Story(held) if held.body.get("sort") == SORT else None
