"""What customers and the warehouse read: texts by language, amounts, dates and country names."""

from __future__ import annotations

from returns_cli.messages.catalogue import Catalogue, catalogue

__all__ = ["Catalogue", "catalogue"]
