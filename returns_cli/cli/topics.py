"""Short pages that ``returns help TOPIC`` prints: one file each in ``data/topics``."""

from returns_cli.cli.registry import TOPICS
from returns_cli.data import shipped

NAMES = tuple(name for name, _ in TOPICS)


def topic_page(name: str) -> str:
    """The page of a topic.

    Args:
        name: one of :data:`NAMES`.
    """
    return shipped(f"topics/{name}.txt").read_text(encoding="utf-8")
