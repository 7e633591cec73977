"""Settings, addresses and the server that runs the site."""
