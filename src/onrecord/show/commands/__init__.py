"""Commands that make a database and ask it; cli.py registers them. Each loads what it needs when it runs."""
