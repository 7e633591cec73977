"""Does it agree with what was sent before? One rule a file."""
