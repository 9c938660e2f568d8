"""The journal in the forms that bookkeeping programs read: pure text, from entries."""
