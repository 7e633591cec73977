"""What turns figures into improvement: people of a place agree what they are, what they want and who does what."""
