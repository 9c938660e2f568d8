"""How each answer looks to a person: one module for each kind of answer, each a pure function."""
