"""The world outside the office: its clock, its folders, its database. Replaced in tests; knows nothing of people."""
