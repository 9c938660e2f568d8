"""Statistics, charts and pages, from rows it is given; it reads no store and writes no file."""
