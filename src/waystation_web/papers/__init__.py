"""Papers on their way out of the office: PDF, DOCX and plain text. Nothing here sends anything."""
