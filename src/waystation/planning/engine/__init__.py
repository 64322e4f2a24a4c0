"""Solvers: a NumPy twin that is always there, and a native kernel that gives the same answers faster."""
