"""What stands without us: chains of records, and later custody, packages and redaction."""
