"""The command line: parse, call one operation, hand its answer to the printer."""
