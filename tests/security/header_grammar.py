"""What each header of an answer may say, read as a browser reads it.

A test that compares text keeps a value that no browser understands (`Cross-Origin-Embedder-Policy: same-origin` looks
right and switches the protection off). So every value is parsed by the rules of its own standard, and a header that
this file does not know is a fault: whoever adds one says here what it may hold.
"""

import re
from collections.abc import Callable, Mapping

DIRECTIVES = {
    "default-src", "script-src", "style-src", "img-src", "font-src", "media-src", "connect-src", "worker-src",
    "manifest-src", "object-src", "base-uri", "form-action", "frame-ancestors", "sandbox",
}
FEATURES = {
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
}
MUST = ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Resource-Policy", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options", "X-Robots-Tag",
        "Permissions-Policy", "Cache-Control")


def policy(value: str) -> str:
    """Nothing from elsewhere, nothing inside the page; a download may be closed further by `sandbox`."""
    said: dict[str, list[str]] = {}
    for part in value.split(";"):
        name, *sources = part.split()
        if name not in DIRECTIVES:
            return f"no directive: {name}"
        if name in said:
            return f"twice: {name}"
        said[name] = sources
    for name, sources in said.items():
        allowed = {"'self'", "'none'"} | ({"data:", "blob:"} if name in {"img-src", "media-src"} else set())
        if wrong := [source for source in sources if source not in allowed]:
            return f"{name} allows {wrong}"
        if "'none'" in sources and len(sources) > 1:
            return f"{name} says none and something"
        if not sources and name != "sandbox":
            return f"{name} says nothing"
    if said.get("default-src") != ["'none'"]:
        return "default-src is not none"
    if wrong := [name for name in ("base-uri", "frame-ancestors") if said.get(name) != ["'none'"]]:
        return f"not none: {wrong}"
    return "" if "form-action" in said else "form-action is missing, and default-src does not stand for it"


def one_of(*values: str) -> Callable[[str], str]:
    """Exactly one of these."""
    return lambda value: "" if value in values else f"not one of {values}"


def shaped(pattern: str) -> Callable[[str], str]:
    """Of this form."""
    return lambda value: "" if re.fullmatch(pattern, value) else f"not of the form {pattern}"


def features(value: str) -> str:
    """Every feature off, and each by its name."""
    said = [part.strip() for part in value.split(",")]
    if wrong := [part for part in said if not re.fullmatch(r"[a-z-]+=\(\)", part)]:
        return f"not off: {wrong}"
    names = {part.removesuffix("=()") for part in said}
    return "" if names == FEATURES else f"features {names ^ FEATURES}"


def caching(value: str) -> str:
    """`no-store`, or for a file of the software's own a number of seconds."""
    return shaped(r"no-store|max-age=\d+(, public)?(, immutable)?|public, max-age=\d+|no-cache")(value)


GRAMMAR: Mapping[str, Callable[[str], str]] = {
    "content-security-policy": policy,
    "cross-origin-opener-policy": one_of("same-origin"),
    "cross-origin-embedder-policy": one_of("require-corp"),
    "cross-origin-resource-policy": one_of("same-origin"),
    "referrer-policy": one_of("same-origin", "no-referrer"),
    "x-content-type-options": one_of("nosniff"),
    "x-frame-options": one_of("DENY"),
    "x-robots-tag": one_of("noindex"),
    "permissions-policy": features,
    "cache-control": caching,
    "strict-transport-security": shaped(r"max-age=(31536000|63072000); includeSubDomains"),
    "clear-site-data": shaped(r'"(\*|cache|cookies|storage|executionContexts)"(, "(cache|cookies|storage|executionContexts)")*'),
    "content-type": shaped(r"(text/(html|plain|css|csv|javascript|xml); charset=utf-8|application/(json|octet-stream)"
                           r'|text/javascript; charset="utf-8"|text/css; charset="utf-8"|image/(svg\+xml|png)(; charset="?utf-8"?)?'
                           r"|font/woff2|text/(css|javascript|plain)|application/geo\+json)"),
    "content-length": shaped(r"\d+"),
    "content-range": shaped(r"bytes (\d+-\d+|\*)/\d+"),
    "accept-ranges": one_of("bytes"),
    "content-disposition": shaped(  # a name that says nothing; published numbers alone go by what they are
        r'attachment; filename="(file-[0-9a-f]{8}\.bin|numbers\.csv|arrivals\.svg)"'),
    "content-language": one_of("en", "ko"),
    "location": shaped(r"/[a-z0-9/-]*(\?done=[a-z-]+)?"),
    "allow": shaped(r"[A-Z]+(, [A-Z]+)*"),
    "vary": shaped(r"[A-Za-z-]+(, [A-Za-z-]+)*"),
    "retry-after": shaped(r"\d{1,3}"),
    "last-modified": shaped(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"),
    "etag": shaped(r'(W/)?"[0-9a-fx-]+"'),
}


def faults(headers: Mapping[str, str], *, encrypted: bool = False) -> list[str]:
    """Everything that is wrong with the headers of one answer."""
    lower = {name.lower(): value for name, value in headers.items()}
    found = [f"{name} is missing" for name in MUST if name.lower() not in lower]
    if encrypted != ("strict-transport-security" in lower):
        found.append("Strict-Transport-Security belongs to TLS and to nothing else")
    for name, value in lower.items():
        if name not in GRAMMAR:
            found.append(f"{name} is not known here")
        elif why := GRAMMAR[name](value):
            found.append(f"{name}: {value!r}: {why}")
    return found


def cookie_faults(name: str, morsel: Mapping[str, str], *, encrypted: bool) -> list[str]:
    """What is wrong with one cookie: every one is closed to scripts, other sites and other hosts."""
    said = {key: morsel[key] for key in ("path", "domain", "secure", "httponly", "samesite", "max-age")}
    return [f"{name}: {why}" for why, wrong in (
        ("not HttpOnly", not said["httponly"]), ("SameSite is not Strict", said["samesite"] != "Strict"),
        ("Path is not /", said["path"] != "/"), ("has a Domain", said["domain"] != ""),
        ("Secure does not fit the transport", bool(said["secure"]) != encrypted),
        ("__Host- does not fit the transport", name.startswith("__Host-") != encrypted)) if wrong]
