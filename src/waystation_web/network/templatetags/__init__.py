"""Filters for the pages of the book."""
