"""How every app keeps its sealed records: open, list, make, change with history, share. Each act is recorded."""
