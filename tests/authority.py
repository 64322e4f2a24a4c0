"""Roots, certificates and an authority of time, all made here: nothing leaves this machine."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)     # before every clock of a test
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
        "crl_sign", "encipher_only", "decipher_only")
TSA = """\
[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def _name(said):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said)])


def _made(subject, key, issuer, by, *uses, authority=False, stamps=False, days=7300):
    built = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
             .serial_number(x509.random_serial_number()).not_valid_before(LONG_AGO).not_valid_after(LONG_AGO + timedelta(days=days))
             .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True))
    if uses:
        built = built.add_extension(x509.KeyUsage(**{use: use in uses for use in USES}), critical=True)
    if stamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return built.sign(by, SHA256()).public_bytes(Encoding.PEM).decode("ascii")


def _kept(path, key):
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def root(folder: Path, name: str) -> str:
    """A root in a folder: NAME.pem and NAME.key; its PEM."""
    folder.mkdir(parents=True, exist_ok=True)
    key = _kept(folder / f"{name}.key", ec.generate_private_key(ec.SECP256R1()))
    made = _made(_name(name), key.public_key(), _name(name), key, "key_cert_sign", "crl_sign", authority=True)
    (folder / f"{name}.pem").write_text(made, "ascii")
    return made


def certified(folder: Path, by: str, request: str, *, authority=False, days=7300) -> str:
    """What a root makes of a request; PEM."""
    asked = x509.load_pem_x509_csr(request.encode())
    above = load_pem_private_key((folder / f"{by}.key").read_bytes(), None)
    uses = ("key_cert_sign",) if authority else ("digital_signature", "content_commitment")
    return _made(asked.subject, asked.public_key(), _name(by), above, *uses, authority=authority, days=days)


class Authority:
    """An authority of time of our own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.root = folder, root(folder, name)
        key = _kept(folder / "tsa.key", ec.generate_private_key(ec.SECP256R1()))
        above = load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
        made = _made(_name(f"{name} stamps"), key.public_key(), _name(name), above, "digital_signature", stamps=True)
        (folder / "tsa.pem").write_text(made, "ascii")
        (folder / "tsa.cnf").write_text(TSA, "ascii")
        (folder / "serial").write_text("01\n", "ascii")

    def stamp(self, request: bytes) -> bytes:
        """The token for a request, as it is brought back."""
        (self.folder / "asked.tsq").write_bytes(request)
        subprocess.run(["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq", "-signer", "tsa.pem",
                        "-inkey", "tsa.key", "-out", "given.tsr"], cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "given.tsr").read_bytes()


def checked(folder: Path, commands: str) -> list[str]:
    """What the lines of VERIFY.txt print in a bare shell, but for what says that it is right."""
    done = subprocess.run(["/bin/sh"], input=commands, cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True,
                          text=True, check=False)
    said = (done.stdout + done.stderr).splitlines()
    return [line for line in said if not line.endswith(("OK", "successful")) and "Using configuration" not in line]
