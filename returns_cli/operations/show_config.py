"""Say what is set for a shop, and where each setting comes from."""

from __future__ import annotations

from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import SHOP_FILE, Shop


def show_config(shop: Shop) -> list[Json]:
    """Every key of shop.yaml: as the file writes it with its line, or the default.

    Raises:
        InvalidError: the file is wrong, with every problem (7).
    """
    from returns_cli.notation.read import Node, read_yaml
    from returns_cli.policy.shop_file import SHOP, read_shop_file

    config = shop.config  # says every problem first
    root = read_yaml(read_shop_file(shop.folder / SHOP_FILE), SHOP_FILE)
    written = {key.text: (key, value) for key, value in root.entries}

    def row(name: str) -> Json:
        if name not in written:
            value = getattr(config, name, None)
            shown = value if isinstance(value, str | int) and value != "" else None
            return {
                "name": name,
                "value": None if shown is None else str(shown),
                "origin": "default",
            }
        key, node = written[name]
        return {"name": name, "value": _shown(node), "origin": f"{SHOP_FILE}:{key.line}"}

    def _shown(node: Node) -> str:
        if node.kind == "text":
            return node.text
        if node.kind == "list":
            return ", ".join(map(_shown, node.items))
        return ", ".join(f"{key.text}: {_shown(value)}" for key, value in node.entries)

    return [row(name) for name in SHOP.fields]
