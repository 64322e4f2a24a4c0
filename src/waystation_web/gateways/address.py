"""Ids in addresses: 16 random bytes as 32 hexadecimal digits. They say nothing and are never sequential."""

from __future__ import annotations


class IdInAddress:
    """Path converter `<id:...>`: hexadecimal in the address, bytes in the view."""

    regex = "[0-9a-f]{32}"

    def to_python(self, text: str) -> bytes:
        """The id as bytes."""
        return bytes.fromhex(text)

    def to_url(self, value: bytes | str) -> str:
        """The id as it stands in an address."""
        return value if isinstance(value, str) else bytes(value).hex()
