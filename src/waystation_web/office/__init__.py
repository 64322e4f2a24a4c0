"""`waystation-office`: making, serving and checking an office from the console."""
