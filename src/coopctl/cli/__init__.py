"""The command line: the only part that prints, exits and asks for the date."""
