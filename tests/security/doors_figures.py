"""Doors of figures: others' open no record, and everybody who works here reads them; our own are counted by coordinators."""

from doors import anybody, roles

from waystation.access import Role

CO = {Role.COORDINATOR}
TABLE = {
    **{name: {"GET": anybody(200)} for name in ("figures", "figures-picture", "figures-table")},
    "own-figures": {"GET": roles(CO, 200)}, "own-figures-table": {"GET": roles(CO, 200)},
    "own-figures-picture": {"GET": roles(CO, 404)},  # so few arrived on this stage that nothing of it is drawn
}
