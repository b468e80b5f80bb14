# dev new operation SERVICE Name | state Name | intrinsic Name | integration Name | table Name
#
# Writes a new feature: its file, its line in the family's table, and a test case that fails until filled.
#
# The families are described in tools/new/families.json. A table line that says UNSUPPORTED is turned into one that names
# the new feature; else a line is put in at its sorted place.
#
# Examples:
#   ./dev new operation states ListTags
#   ./dev new state Choice
#   ./dev new intrinsic States.ArrayUnique
#   ./dev new integration sqs:sendMessage
#   ./dev new table map_run

need_packages run
exec "$python" tools/new "$@"
