"""Help made from the registry alone: the overview, and the page of a group. Plain text."""

from returns_cli.cli.registry import GLOBAL_OPTIONS, GROUPS, SECTIONS, TOPICS

_EXAMPLES = (
    "returns init shop && cd shop",
    "returns orders import ../orders_export.csv",
    "returns open 1042 --item 2=too_small --want refund",
    "returns label RMA-7F3K2QX -o label.pdf",
    "returns receive RMA-7F3K2QX --item 2:1",
    "returns refund RMA-7F3K2QX --paid ch_3Q",
)


def overview() -> str:
    """What ``returns --help`` prints."""
    parts = [
        "Usage: returns COMMAND [OPTIONS]",
        "",
        "Run a shop's returns desk: policies, labels, receipts and provable refunds.",
    ]
    width = max(len(words) for _, entries in SECTIONS for words, _, _ in entries)
    for title, entries in SECTIONS:
        parts += ["", title, *_columns([(words, text) for words, _, text in entries], width)]
    parts += ["", "Global options, before or after the command", *global_options()]
    parts += ["", "Examples", *(f"  {line}" for line in _EXAMPLES)]
    parts += ["", "Topics, as returns help TOPIC", *_columns(list(TOPICS), width)]
    parts += [
        "",
        "returns COMMAND --help    its options and examples",
        "returns help CODE         what an error code means, and what to do",
    ]
    return "\n".join(parts) + "\n"


def beginning() -> str:
    """What ``returns`` alone says: few lines, so that nothing scrolls away."""
    parts = ["Usage: returns COMMAND [OPTIONS]", "", *(f"  {line}" for line in _EXAMPLES), ""]
    parts += ["returns demo         the whole job on example data, in seconds"]
    parts += ["returns help         every command, option and topic"]
    return "\n".join(parts) + "\n"


def group_page(group: str) -> str | None:
    """What ``returns GROUP --help`` prints; None where there is no such group."""
    if group not in GROUPS:
        return None
    rows = [
        (words, text)
        for _, entries in SECTIONS
        for words, _, text in entries
        if words.startswith(group + " ")
    ]
    parts = [f"Usage: returns {group} COMMAND [OPTIONS]", "", GROUPS[group] + ".", "", "Commands"]
    parts += [*_columns(rows), "", f"returns {group} COMMAND --help    its options and examples"]
    return "\n".join(parts) + "\n"


def global_options() -> list[str]:
    """The lines that describe the global options."""
    return _columns(
        [(f"{name} {metavar}".rstrip(), text) for name, metavar, text in GLOBAL_OPTIONS]
    )


def _columns(rows: list[tuple[str, str]], width: int = 0) -> list[str]:
    width = width or max(len(left) for left, _ in rows)
    return [f"  {left:<{width}}  {right}" for left, right in rows]
