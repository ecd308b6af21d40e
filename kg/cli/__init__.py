"""The command line: one file per family of commands."""


def main() -> None:
    """Run the command line and exit: 0 when all went well, 1 after an error, 2 after a wrong call."""
    from kg.cli.app import app

    app()
