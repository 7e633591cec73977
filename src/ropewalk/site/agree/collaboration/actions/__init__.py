"""What members do: write down help, confirm it, share practice, agree what counts."""
