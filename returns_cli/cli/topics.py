TOPICS: dict[str, str] = {"x": "y"}
