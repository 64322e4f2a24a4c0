"""Arrival: how somebody is after they arrived, asked again for five years, unless they want to be left alone."""
