"""Record to SQLite and back."""
