"""Words of what goes and what stays, in templates."""
