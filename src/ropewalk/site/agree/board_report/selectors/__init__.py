"""What is read for board reports."""
