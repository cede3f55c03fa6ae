"""The one database file: tables, connections, units of work. Only frozen values of `domain` leave this package."""
