"""The pure core: money, records, states and quotes. No files, no clock, no SQL, no framework."""
