def search_state() -> str:
    return "ok"
