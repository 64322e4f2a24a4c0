"""The route book: what a file says (rows), whether it may be believed as written (checks), and its arrays (network)."""
