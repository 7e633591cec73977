"""The page on which everybody with an account begins, and reminders by e-mail."""
