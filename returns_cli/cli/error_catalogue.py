CATALOGUE: dict[str, tuple[str, str]] = {"E-ITEM": ("a", "b")}


def code_page(code: str) -> str:
    return code
