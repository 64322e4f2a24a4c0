"""A browser without a screen: it keeps cookies, reads forms and posts them, as a person's browser would. Loopback only.

The demonstration walks the office's real pages with it, so that no way in exists that a person does not have.
"""

from __future__ import annotations

import http.client
import re
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


class Astray(Exception):
    """A page did not hold what was expected; the message says which page."""


@dataclass(slots=True)
class Form:
    """A form as it stands on a page: where it goes, and what it would send if nothing were typed."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, typed: dict[str, str | list[str]]) -> list[tuple[str, str]]:
        """Fields with what was typed; several values for boxes that are ticked."""
        kept = [(name, value) for name, value in self.fields if name not in typed]
        for name, value in typed.items():
            kept += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return kept


class Reader(HTMLParser):
    """Forms, links and the words of the main part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self._form: Form | None = None
        self._link = ""
        self._inside = self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in forms, their fields, links, and where the main part begins."""
        said = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._inside += 1
        elif tag in {"style", "script", "svg"}:
            self._silent += 1
        elif tag == "form":
            self._form = Form(said.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a":
            self._link = said.get("href", "")
        elif self._form and tag in {"input", "textarea", "select"} and said.get("name"):
            sent_unasked = said.get("type") not in {"checkbox", "radio", "file", "submit"} or "checked" in said
            if sent_unasked:
                self._form.fields.append((said["name"], said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """Where forms, links and the main part end."""
        if tag == "main":
            self._inside -= 1
        elif tag in {"style", "script", "svg"}:
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        """Words of the main part."""
        words = " ".join(data.split())
        if words and self._inside and not self._silent:
            self.words.append(words)
            if self._link:
                self.links[words] = self._link


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    status: int
    address: str
    html: str
    read: Reader

    @property
    def words(self) -> list[str]:
        """The words of the main part, piece by piece."""
        return self.read.words

    def form(self, ending: str = "") -> Form:
        """The last form, of those of the main frame whose address ends so. Raises `Astray`."""
        fitting = [form for form in self.read.forms if form.action.endswith(ending)]
        if not fitting:
            raise Astray(f"{self.address} ({self.status}) holds no form {ending}: {' '.join(self.words)[:300]}")
        return fitting[-1]

    def own_form(self) -> Form:
        """The form that goes back to its own page. Raises `Astray`."""
        own = [form for form in self.read.forms if form.action in {"", self.address}]
        if not own:
            raise Astray(f"{self.address} ({self.status}) holds no form of its own: {' '.join(self.words)[:300]}")
        return own[-1]

    def shown(self, css_class: str) -> str:
        """What stands in the first element of a class. Raises `Astray`."""
        found = re.search(rf'class="{css_class}"[^>]*>(?:<code>)?([^<]+)<', self.html)
        if not found:
            raise Astray(f"{self.address} ({self.status}) shows no {css_class}: {' '.join(self.words)[:300]}")
        return found[1].strip()


class Visitor:
    """One browser profile."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self.origin, self.host, self.port = origin, parts.hostname or "localhost", parts.port or 80
        self.cookies: dict[str, str] = {}

    def open(self, path: str) -> Page:
        """Go to a page, following where it leads."""
        return self._ask("GET", path)

    def send(self, page: Page, form: Form, /, **typed: str | list[str]) -> Page:
        """Fill a form in and send it, following where it leads."""
        body = urlencode(form.filled(typed)).encode()
        return self._ask("POST", form.action or page.address, body, "application/x-www-form-urlencoded")

    def send_file(self, page: Page, form: Form, name: str, content: bytes, *, field_name: str = "file") -> Page:
        """Send a form with a file."""
        mark = secrets.token_hex(16)
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
                 for key, value in form.fields]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{field_name}"; filename="{name}"\r\n'
        parts += [head.encode(), b"Content-Type: text/plain\r\n\r\n", content, f"\r\n--{mark}--\r\n".encode()]
        return self._ask("POST", form.action or page.address, b"".join(parts), f"multipart/form-data; boundary={mark}")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        for _ in range(5):
            headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin", "Origin": self.origin}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            if kind:
                headers["Content-Type"] = kind
            line = http.client.HTTPConnection(self.host, self.port, timeout=60)
            line.request(method, path, body, headers)
            answer = line.getresponse()
            html = answer.read().decode("utf-8", "replace")
            for said in answer.headers.get_all("Set-Cookie") or []:
                self._keep(said)
            line.close()
            if answer.status not in {301, 302, 303}:
                break
            path, method, body, kind = answer.headers["Location"], "GET", None, ""
        read = Reader()
        read.feed(html)
        return Page(answer.status, urlsplit(path).path, html, read)

    def _keep(self, said: str) -> None:
        pair, _, rest = said.partition(";")
        name, _, value = pair.partition("=")
        if not value or "max-age=0" in rest.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value
