"""Tags of editions."""
