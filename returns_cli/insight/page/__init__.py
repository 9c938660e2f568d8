"""Reports as one HTML page that stands alone."""
