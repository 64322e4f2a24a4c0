"""A security key in software: what a browser would send for it, made with the library's own encodings."""

import hashlib
import json
import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Key:
    """One key. `origin`, `host`, `counter` and the rest are what a test bends."""

    def __init__(self, *, origin="http://localhost:8700", host="localhost"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id, self.origin, self.host = os.urandom(32), origin, host
        self.counter, self.user = 0, None

    def _client(self, kind, challenge, origin):
        said = {"type": kind, "challenge": challenge, "origin": origin or self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, flags, host, more=b""):
        return hashlib.sha256((host or self.host).encode()).digest() + struct.pack(">BI", flags, self.counter) + more

    def make(self, options, *, origin=None, host=None):
        """The answer to registration options."""
        said = options["publicKey"]
        self.user = websafe_decode(said["user"]["id"])
        self.counter += 1
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(PRESENT | VERIFIED | ATTESTED, host, attested)
        client = self._client("webauthn.create", said["challenge"], origin)
        response = {"clientDataJSON": websafe_encode(client),
                    "attestationObject": websafe_encode(cbor.encode({"fmt": "none", "attStmt": {}, "authData": data}))}
        return self._answer(response)

    def answer(self, options, *, origin=None, host=None, user=b"", count=None):
        """The answer to sign-in options. `user=None` leaves out whose key it is."""
        said = options["publicKey"]
        self.counter = self.counter + 1 if count is None else count
        data = self._data(PRESENT | VERIFIED, host)
        client = self._client("webauthn.get", said["challenge"], origin)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(data),
                    "signature": websafe_encode(signature)}
        if user is not None:
            response["userHandle"] = websafe_encode(user or self.user)
        return self._answer(response)

    def _answer(self, response):
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "response": response, "type": "public-key",
                           "clientExtensionResults": {}})
