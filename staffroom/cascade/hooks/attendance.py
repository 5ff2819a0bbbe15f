def register() -> None:
    """This part's lines in what reaches every room."""
