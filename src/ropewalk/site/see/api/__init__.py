"""The API under /api/v1/: published figures for programs, read-only and public."""
