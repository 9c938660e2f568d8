"""Our dialect of YAML: files that people write, read safely and checked against a declared shape.

``read`` turns bytes into nodes with line and column, ``shapes`` is the vocabulary in which a file's
keys are declared, ``scalars`` reads single values, ``typed`` checks a tree against its declaration.
Policies, ``shop.yaml`` and mapping files are all read this way.
"""
