"""Returns operations for shops: orders in, decisions, paper, receipts and provable refunds."""

__version__ = "0.1.0"
