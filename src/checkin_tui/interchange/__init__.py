"""Files in and out: rosters, registers, reports. Pure reading and writing; no database."""
