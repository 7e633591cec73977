"""What changes something: who wants reminders, and sending them."""
