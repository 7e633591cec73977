"""What schools send: reading files, checking rows, telling what is wrong in plain words."""
