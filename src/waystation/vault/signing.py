"""The signature over a package: a detached CMS structure that `openssl cms -verify -cades` accepts.

`asn1crypto` gives the structure, `cryptography` the numbers (decision 0053). The signed attributes are the kind of
content, its digest, the time, and which certificate signed: without the last one a signature could be moved to another
certificate over the same key, and `-cades` refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

HASH = hashes.SHA256()


class NotASigner(Exception):
    """A certificate that cannot sign a package; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key with its certificate and the root that vouches for it, all as they are kept."""

    key: bytes = field(repr=False)      # PKCS #8, DER
    certificate: str                    # PEM
    root: str                           # PEM


def new_key() -> bytes:
    """A fresh key on the curve P-256, as it is kept."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def request_of(key: bytes, desk: str) -> str:
    """What is carried to the root to be certified: the public key and the desk's name, never a person's. PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, desk)])
    return x509.CertificateSigningRequestBuilder().subject_name(name).sign(_key(key), HASH).public_bytes(
        Encoding.PEM).decode("ascii")


def fingerprint(certificate: str) -> str:
    """SHA-256 of a certificate, as it is published and read aloud. Raises `NotASigner`."""
    return _certificate(certificate).fingerprint(HASH).hex()


def accepted(key: bytes, certificate: str, root: str, now: datetime) -> Signer:
    """The signer, if this root certified this key for signing and it is in time. Raises `NotASigner`."""
    own, above = _certificate(certificate), _certificate(root)
    if _public(own) != _spki(_key(key).public_key()):
        raise NotASigner("This certificate is for another key. Certify the request that this page shows.")
    if not _is_root(above):
        raise NotASigner("The second one is no root: it must vouch for itself and be marked as an authority (CA).")
    try:
        own.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature) as why:
        raise NotASigner("This certificate was not made by this root.") from why
    if not _signs(own):
        raise NotASigner("The certificate must be for signing alone: key usage digitalSignature and nonRepudiation, "
                         "and no authority. Make it with the extensions of the manual.")
    if not own.not_valid_before_utc <= now < own.not_valid_after_utc or now >= above.not_valid_after_utc:
        raise NotASigner("The certificate or its root is not valid today. Make new ones, or look at the clock.")
    return Signer(key, certificate, root)


def ends(certificate: str) -> datetime:
    """When a certificate ends. Raises `NotASigner`."""
    return _certificate(certificate).not_valid_after_utc


def signature(signer: Signer, data: bytes, now: datetime) -> bytes:
    """A detached signature over `data`, DER."""
    certificate = asn1_x509.Certificate.load(_certificate(signer.certificate).public_bytes(Encoding.DER))
    signed = _attributes(certificate, sha256(data).digest(), now)
    number = _key(signer.key).sign(signed.dump(), ec.ECDSA(HASH))
    info = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number})}),
        "digest_algorithm": _sha256(), "signed_attrs": signed,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}), "signature": number})
    whole = cms.SignedData({
        "version": "v1", "digest_algorithms": cms.DigestAlgorithms([_sha256()]),
        "encap_content_info": cms.ContentInfo({"content_type": "data"}),
        "certificates": [certificate], "signer_infos": [info]})
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": whole}).dump())


def _attributes(certificate: asn1_x509.Certificate, digest: bytes, now: datetime) -> cms.CMSAttributes:
    own = tsp.ESSCertIDv2({"cert_hash": sha256(certificate.dump()).digest(), "issuer_serial": {
        "issuer": [asn1_x509.GeneralName({"directory_name": certificate.issuer})],
        "serial_number": certificate.serial_number}})
    said = {"content_type": "data", "message_digest": digest, "signing_time": cms.Time(
        {"utc_time": core.UTCTime(now.replace(microsecond=0))}),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [own]})}
    return cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in said.items()])


def _sha256() -> algos.DigestAlgorithm:
    return algos.DigestAlgorithm({"algorithm": "sha256"})


def _key(key: bytes) -> ec.EllipticCurvePrivateKey:
    found = load_der_private_key(key, None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise NotASigner("The key that is kept is not on the curve P-256.")
    return found


def _certificate(pem: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem.encode("ascii"))
    except ValueError as why:
        raise NotASigner("This is no certificate. It begins with -----BEGIN CERTIFICATE----- and is pasted whole."
                         ) from why


def _public(certificate: x509.Certificate) -> bytes:
    return _spki(certificate.public_key())


def _spki(key: object) -> bytes:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotASigner("The certificate must be on the curve P-256.")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _is_root(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False


def _signs(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    try:
        authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        authority = False
    return usage.digital_signature and usage.content_commitment and not usage.key_cert_sign and not authority
