"""What changes a partnership: each whole or not at all, with who did it, and a line in the log."""
