"""Projects in SQLite: tables, reading, writing with history, checks, migrations. The only place that knows SQL."""
