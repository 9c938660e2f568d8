"""Files of any other shape: mapping files, reading through them, and suggesting one."""
