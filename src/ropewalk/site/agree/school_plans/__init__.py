"""What schools say of themselves, need and plan, each for itself."""
