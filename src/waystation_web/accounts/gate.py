"""The door of every page that is for people who are signed in; it lies below, because the record has pages too."""

from waystation_web.gateways.gate import View, signed_in

__all__ = ["View", "signed_in"]
