"""A walk through every page of the office, as a person with a browser takes it: follow each link, fill in each form.

It knows no page by name but those that end something. A new page is walked through as soon as another one links to it;
a new address that no page leads to makes `unvisited` say so, and the tests that take the tour fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from markup import Form, Page

from waystation_web.gateways import clock

# What ends a session, a person's access or a record comes last, in this order.
LAST = ("reset-factor", "roles", "unlock", "note-end", "note-shred", "me-words", "me-totp", "lock", "remove", "leave",
        "sign-out", "lock-me")
NEVER_TWICE = 3  # of one address and one set of fields


def addresses(patterns: Iterable[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of every address in the URLconf."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield pattern.name or f"?{prefix}{pattern.pattern}", pattern


def name_of(path: str) -> str:
    """The name of an address, or nothing."""
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def filled(form: Form, words: str) -> dict[str, object]:
    """Everything a form asks for: words where words go, the last choice of a list, a file with the words in it."""
    data: dict[str, object] = {}
    for field in form.fields:
        if field.kind in {"hidden", "radio"}:
            data[field.name] = field.value
        elif field.kind == "checkbox":
            data[field.name] = field.value or "on"
        elif field.kind == "select":
            data[field.name] = next((choice for choice in reversed(field.choices) if choice), "")
        elif field.kind == "date":
            data[field.name] = (clock.today() + timedelta(days=400)).isoformat()
        elif field.kind == "file":
            data[field.name] = SimpleUploadedFile(f"{words[:40]}.txt", words.encode() * 5000, content_type="text/plain")
        else:
            data[field.name] = words[:118]
    return data


class Tour:
    """What was seen: names of addresses, and every answer by name, method and status."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.answers: dict[tuple[str, str, int], object] = {}
        self.pages: list[str] = []
        self._sent: dict[tuple[str, tuple[str, ...]], int] = {}

    @property
    def visited(self) -> set[str]:
        """Names of the addresses that answered."""
        return {name for name, _, _ in self.answers}

    def unvisited(self) -> set[str]:
        """Names of addresses that nothing led to."""
        return {name for name, _ in addresses()} - self.visited

    def get(self, client: Client, path: str) -> Page | None:
        """One page, read; None if it is none."""
        return self._note("GET", path, client.get(path))

    def post(self, client: Client, path: str, data: dict[str, object]) -> Page | None:
        """One form, sent; the page that answers or that the answer leads to."""
        response = client.post(path, data)
        page = self._note("POST", path, response)
        if response.status_code in {301, 302, 303}:
            return self.get(client, response["Location"])
        return page

    def _note(self, method: str, path: str, response) -> Page | None:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        response.close()
        self.answers[name_of(path), method, response.status_code] = response
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return None
        html = content.decode()
        self.pages.append(html)
        return Page(html)

    def walk(self, client: Client, start: str = "/", *, to_the_end: bool = True) -> None:
        """Everywhere that links and forms lead to; what ends something comes last, if at all."""
        seen: set[str] = set()
        waiting, ends = [start], []
        while waiting:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            page = self.get(client, path)
            pages = [page] if page else []
            while pages:
                page = pages.pop(0)
                waiting += [urlsplit(link).path for link in page.links]
                for form in page.forms:
                    ends += [(path, form)] if name_of(form.action or path) in LAST else []
                    if name_of(form.action or path) not in LAST and (after := self._send(client, path, form)):
                        pages.append(after)
        for path, form in sorted(ends if to_the_end else [], key=lambda one: LAST.index(name_of(one[1].action or one[0]))):
            self._send(client, path, form)

    def knock(self, client: Client) -> None:
        """At every address that no page led to: read it, and send it all the fields that any form has."""
        everything = dict.fromkeys(("handle", "name", "words", "code", "passkey", "public_text", "key_name", "reason", "title",
                                    "text", "token", "back", "language", "roles"), self.words[:118])
        for name, pattern in sorted(addresses(), key=lambda one: LAST.index(one[0]) if one[0] in LAST else -1):
            if name in self.unvisited():
                path = reverse(name, kwargs=dict.fromkeys(pattern.pattern.converters, "0c" * 16))
                self.get(client, path)
                self.post(client, path, everything | {"file": SimpleUploadedFile("a", self.words.encode() * 5000)})

    def _send(self, client: Client, path: str, form: Form) -> Page | None:
        to, names = form.action or path, tuple(sorted(field.name for field in form.fields))
        self._sent[name_of(to), names] = self._sent.get((name_of(to), names), 0) + 1
        if self._sent[name_of(to), names] > NEVER_TWICE:
            return None
        return self.post(client, to, filled(form, self.words))
