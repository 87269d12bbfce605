EXAMPLES=""
def export() -> None:
    """Export."""
