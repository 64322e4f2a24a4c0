"""What stands without us: chains of records, custody, stamped lists, packages, copies that give nobody away."""
