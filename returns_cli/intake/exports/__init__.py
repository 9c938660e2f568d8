"""One module for each shop's or platform's own export, read into our orders and requests."""
