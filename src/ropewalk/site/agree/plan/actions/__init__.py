"""What changes a plan: each whole or not at all, with who did it, a row of what changed, and a line in the log."""
