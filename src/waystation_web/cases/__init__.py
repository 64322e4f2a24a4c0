"""From the first plea to a settled life: people, needs, wishes, consents, tasks."""
