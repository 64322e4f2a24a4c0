"""Time stamps (RFC 3161): what is asked for a list, and whether the token that was brought back is for that list.

Nothing here talks to an authority. A person carries the request to one and the token back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.tsp import MessageImprint

__all__ = ["MessageImprint", "NotStamped", "Stamp", "nonce_in", "request_for", "root_fingerprint", "stamped"]


class NotStamped(Exception):
    """A token that does not show when this list was there; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an authority saw the list."""

    at: datetime


def request_for(data: bytes) -> bytes:
    """A request for a token over some bytes, with a nonce of its own and the certificate asked for. DER."""
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def nonce_in(request: bytes) -> int:
    """The nonce of a request of ours. Raises `NotStamped`."""
    from asn1crypto import tsp
    try:
        return int(tsp.TimeStampReq.load(request)["nonce"].native)
    except (TypeError, ValueError) as why:
        raise NotStamped("The request of this list cannot be read.") from why


def root_fingerprint(root: str) -> str:
    """SHA-256 of an authority's root, to be compared with what it publishes. Raises `NotStamped`."""
    from cryptography.hazmat.primitives.hashes import SHA256
    return _root(root).fingerprint(SHA256()).hex()


def stamped(token: bytes, *, data: bytes, request: bytes, root: str) -> Stamp:
    """The stamp, if this token answers this request for these bytes under this root. Raises `NotStamped`."""
    try:
        response = decode_timestamp_response(token)
        imprint = response.tst_info.message_imprint.message
    except ValueError as why:
        raise NotStamped("This is no time stamp: the authority's answer is a file that ends in .tsr.") from why
    if imprint != sha256(data).digest():
        raise NotStamped("This time stamp is for another list.")
    if response.tst_info.nonce != nonce_in(request):
        raise NotStamped("This time stamp answers another request. Stamp the request that this page gives out.")
    try:
        verifier = VerifierBuilder(roots=[_root(root)], nonce=nonce_in(request)).build()
        verifier.verify(response, sha256(data).digest())
    except (VerificationError, ValueError) as why:
        raise NotStamped("This time stamp is not from the authority whose root was pinned here.") from why
    return Stamp(response.tst_info.gen_time.astimezone(UTC))


def _root(root: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(root.encode("ascii"))
    except ValueError as why:
        raise NotStamped("This is no certificate. It begins with -----BEGIN CERTIFICATE----- and is pasted whole."
                         ) from why
