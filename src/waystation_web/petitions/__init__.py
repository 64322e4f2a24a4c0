"""Petitions: a text that people sign on paper; who signed lies under seal, and only numbers are said outside."""
