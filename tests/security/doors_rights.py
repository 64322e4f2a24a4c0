"""Doors of law and practice: they open no record, and everybody who works here reads them."""

from doors import anybody

TABLE = {
    "rights": {"GET": anybody(200)},
    "rights-ways": {"GET": anybody(200)},
    "rights-doors": {"GET": anybody(200), "POST": anybody(200)},
}
SENT = {"rights-doors": {"kind": "detention", "state": "TH", "languages": ["eng"]}}
ASKS = ("rights-doors",)
