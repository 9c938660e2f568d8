"""Reports: each loads counted facts, and has ``insight`` put them together; a table names them."""
