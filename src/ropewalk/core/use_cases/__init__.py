"""What the site and the command line may call: the core's public face."""
