"""Doors of figures: they open no record, and everybody who works here reads them."""

from doors import anybody

TABLE = {name: {"GET": anybody(200)} for name in ("figures", "figures-picture", "figures-table")}
