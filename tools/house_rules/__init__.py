"""The rules of the house as checks: arrows between modules, fenced headers, banned calls, sorted tables, banned words."""
