"""The suites of ./dev test. Each has a name, a rank (its place in the order), `slow`, cases(selection) and run(selection, report)."""
