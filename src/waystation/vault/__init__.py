"""Sealing and opening: bytes in, bytes out. No database, no clock, no network; randomness from the operating system.

Read in this order: `envelope` (how bytes are sealed), `host` (the layer against a stolen database), `words` and `keys`
(people), `grants` (who may open what), `stream` (files), `recovery` and `ceremony` (when everything is lost).
"""
