"""Whom the organisation relies on: roles, numbers, grades with their reasons."""
