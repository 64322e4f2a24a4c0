"""The map's own piece of a page, served alone: the office's template, files and policy, an invented book, no office.

Everything is as in life but the page around it and who answers: static files come from the office's folder with its
types, the policy is the middleware's own, and geometry is what the core says of the world that is shipped with it.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from waystation.network.files import read_book
from waystation.report.geojson import geojson
from waystation.report.netmap import Caption, Stop, Track, network_svg
from waystation_web import __file__ as package

WEB = Path(package).parent
STATIC = WEB / "static"
WORLD = WEB.parent / "waystation" / "worlds" / "long-way.json"
BUILT = (STATIC / "map.json").is_file() and (STATIC / "vendor").is_dir()
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
         ".geojson": "application/geo+json", ".woff2": "font/woff2", ".webp": "image/webp", ".svg": "image/svg+xml"}
TOKEN = "invented-token"
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Map – W</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/static/office/icon.svg">
<link rel="stylesheet" href="/static/vendor/fonts/fonts.css"><link rel="stylesheet" href="/static/office/office.css">
</head><body><main id="main"><h1>{title}</h1>{figure}
<table id="legs-table"><caption>{title}</caption><thead><tr><th scope="col">{title}</th><th scope="col">1</th></tr></thead>
<tbody>{rows}</tbody></table></main></body></html>"""


class Drawn(str):
    """A drawing of the core's own, as the office hands it to its template."""

    __slots__ = ()

    def __html__(self):
        return str(self)


def book():
    """Stops and ways of the invented world; the first ways of each kind that a page can show stand in for a plan."""
    told = read_book(WORLD)
    country = {area.code: area.country for area in told.areas}
    stops = [Stop(place.code, place.map_lat, place.map_lon, place.kind, country[place.area], place.area, place.goal)
             for place in told.places]
    kinds = ("planned", "branch", "open", "unknown", "back", "open", "unknown")
    tracks = [Track(leg.code, leg.start, leg.end, leg.mode, "closed" if leg.status == "closed" else kinds[k % len(kinds)],
                    "A" if kinds[k % len(kinds)] == "branch" else "")
              for k, leg in enumerate(told.legs) if leg.status != "forbidden"]
    return stops, tracks


def opaque(number):
    return f"{number:032x}"


def geometry():
    """What the office would answer, with ids as it gives them and two reports."""
    stops, tracks = book()
    ids = {one.code: opaque(k) for k, one in enumerate([*stops, *tracks])}
    return geojson(stops, tracks, ids=ids, fictional=True,
                   reports=[(opaque(900), stops[0].area, 2, "river high"), (opaque(901), stops[8].area, 40, "quiet")])


def page(language):
    """The template as the office writes it, in a plain page with its table."""
    from django.template import Context, Engine
    from django.utils import translation

    stops, tracks = book()
    engine = Engine(dirs=[WEB / "templates"], libraries={"i18n": "django.templatetags.i18n",
                                                         "static": "django.templatetags.static"})
    with translation.override(language):
        caption = Caption("Ways of an invented book.", translation.gettext("Schematic. Do not navigate by this map."),
                          translation.gettext("Invented: a demonstration"))
        figure = engine.get_template("map/figure.html").render(Context({
            "source": "/book/map/", "csrf_token": TOKEN, "table_id": "legs-table", "fictional": True,
            "twin": Drawn(network_svg(stops, tracks, caption=caption))}))
    rows = "".join(f'<tr data-leg="{one["properties"]["id"]}"><th scope="row"><a href="/row/">{one["properties"]["code"]}'
                   f"</a></th><td>{one['properties']['line']}</td></tr>"
                   for one in geometry()["features"] if one["properties"]["is"] == "leg")
    return PAGE.format(language=language, title="지도" if language == "ko" else "Map", figure=figure, rows=rows)


class Site(BaseHTTPRequestHandler):
    """Answers with the office's headers. `asked` keeps what came: (method, path, token)."""

    asked: ClassVar[list] = []
    answers: ClassVar[dict] = {}
    protocol_version = "HTTP/1.1"

    def answer(self, status, kind, data, **more):
        from waystation_web.middleware import HEADERS

        self.send_response(status)
        for name, value in {**HEADERS, "Cache-Control": "no-store", "Content-Type": kind,
                            "Content-Length": str(len(data)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        path = unquote(urlsplit(self.path).path)
        self.asked.append(("GET", path, ""))
        file = STATIC / path.removeprefix("/static/")
        if path in self.answers:
            self.answer(200, "text/html; charset=utf-8", self.answers[path].encode())
        elif path.startswith("/static/") and file.is_file():
            self.answer(200, TYPES[file.suffix], file.read_bytes())
        else:
            self.answer(404, "text/plain", b"")

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append(("POST", self.path, self.headers.get("X-CSRFToken", "")))
        known = self.path == "/book/map/" and self.headers.get("X-CSRFToken") == TOKEN and self.answers["geometry"]
        data = json.dumps(self.answers["geometry"]).encode() if known else b""
        self.answer(200 if known else 403, "application/geo+json" if known else "text/html", data)

    def log_message(self, *_):
        """Not to the console."""


@contextmanager
def site():
    """The page in both languages under `/en` and `/ko`; gives the origin and the handler."""
    handler = type("One", (Site,), {"asked": [], "answers": {
        "/en": page("en"), "/ko": page("ko"), "/row/": "<title>Row – W</title>", "geometry": geometry()}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()
