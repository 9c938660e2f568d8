"""Each backend turns the same operations into one kind of file."""
