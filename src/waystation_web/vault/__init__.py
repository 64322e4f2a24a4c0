"""Sealed rows: accounts' keys, vaults, grants and files. The only app, with `audit`, that touches the cryptography."""
