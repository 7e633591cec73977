"""What is done with board reports."""
