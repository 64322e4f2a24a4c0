"""Roots, certificates and an authority of time, all made here with OpenSSL: nothing leaves this machine."""

import subprocess
from pathlib import Path

CA = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign")
SIGNER = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n"
STAMPER = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"
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


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def root(folder: Path, name: str) -> str:
    """A root in a folder: NAME.pem and NAME.key; its PEM."""
    folder.mkdir(parents=True, exist_ok=True)
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")
    more = [word for line in CA for word in ("-addext", line)]
    openssl(folder, "req", "-x509", "-new", "-key", f"{name}.key", "-sha256", "-days", "3650", "-subj", f"/CN={name}",
            "-out", f"{name}.pem", *more)
    return (folder / f"{name}.pem").read_text("ascii")


def certified(folder: Path, by: str, request: str, extensions: str = SIGNER, days: int = 730) -> str:
    """What a root makes of a request; PEM."""
    (folder / "request.csr").write_text(request, "ascii")
    (folder / "extensions").write_text(extensions, "ascii")
    openssl(folder, "x509", "-req", "-in", "request.csr", "-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial",
            "-days", str(days), "-sha256", "-extfile", "extensions", "-out", "made.pem")
    return (folder / "made.pem").read_text("ascii")


class Authority:
    """An authority of time of our own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.root = folder, root(folder, name)
        openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "tsa.key")
        openssl(folder, "req", "-new", "-key", "tsa.key", "-subj", f"/CN={name} stamps", "-out", "tsa.csr")
        certificate = certified(folder, name, (folder / "tsa.csr").read_text("ascii"), STAMPER)
        (folder / "tsa.pem").write_text(certificate, "ascii")
        (folder / "tsa.cnf").write_text(TSA, "ascii")
        (folder / "serial").write_text("01\n", "ascii")

    def stamp(self, request: bytes) -> bytes:
        """The token for a request, as it is brought back."""
        (self.folder / "asked.tsq").write_bytes(request)
        openssl(self.folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq", "-signer", "tsa.pem",
                "-inkey", "tsa.key", "-out", "given.tsr")
        return (self.folder / "given.tsr").read_bytes()


def checked(folder: Path, commands: str) -> list[str]:
    """What the lines of VERIFY.txt print in a bare shell, but for what says that it is right."""
    done = subprocess.run(["/bin/sh"], input=commands, cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True,
                          text=True, check=False)
    said = (done.stdout + done.stderr).splitlines()
    return [line for line in said if not line.endswith(("OK", "successful")) and "Using configuration" not in line]
