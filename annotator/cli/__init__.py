"""The command line: one module a command, listed in `commands`; prints, exits, no logic of its own."""
