"""./dev new puts the row at its sorted place and writes files, or changes nothing."""

import json
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

import create
import names
import table
from house_rules.repository import Repository
from house_rules.rules import tables, words

FAMILIES = json.loads((HERE / "families.json").read_text())


class NamesTest(unittest.TestCase):
    def test_snake(self):
        for name, expected in {"ListTags": "list_tags", "UUID": "uuid", "JsonToString": "json_to_string", "sqs:sendMessage": "sqs_send_message"}.items():
            self.assertEqual(names.snake(name), expected)

    def test_names(self):
        self.assertTrue(all(map(names.is_name, ("ListTags", "States.Array", "sqs:sendMessage", "map_run"))))
        self.assertFalse(any(map(names.is_name, ("", "../x", "a b", "1a", "a{b}"))))


class TableTest(unittest.TestCase):
    TEXT = "// R(name): sorted by name.\nR(Alpha, alpha)\nUNSUPPORTED(Beta)\n  // about it\nR(Delta, delta)\n"

    def rows(self, row):
        return [line for line in table.insert(self.TEXT, row).splitlines() if line.startswith(("R", "U"))]

    def test_places(self):
        self.assertEqual(self.rows("R(Aaron, a)")[0], "R(Aaron, a)")
        self.assertEqual(self.rows("R(Charlie, c)")[2], "R(Charlie, c)")
        self.assertEqual(self.rows("R(Zulu, z)")[3], "R(Zulu, z)")

    def test_an_unsupported_row_becomes_supported(self):
        self.assertEqual(self.rows("R(Beta, beta)")[1], "R(Beta, beta)")
        self.assertEqual(len(self.rows("R(Beta, beta)")), 3)

    def test_there_already(self):
        with self.assertRaises(table.AlreadyThere):
            table.insert(self.TEXT, "R(Alpha, other)")

    def test_the_next_number(self):
        self.assertEqual(table.next_number('T(2, a, "x")\nT(10, b, "y")\n'), 11)
        self.assertEqual(table.next_number("// nothing\n"), 0)


class CreateTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)
        for family in FAMILIES.values():
            path = self.root / create.fill(family["table"], {"service": "states"})
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("// A table, sorted by name.\n")

    def make(self, *arguments):
        return create.create(self.root, *create.understand(FAMILIES, list(arguments)))

    def test_every_family(self):
        for family in FAMILIES.values():
            with self.subTest(family["example"]):
                written = self.make(*family["example"].split())
                texts = {path: (self.root / path).read_text() for path in written}
                for path, text in texts.items():
                    for left in ("{name}", "{Name}", "{service}", "{kind}", "{Test}", "{number}"):
                        self.assertNotIn(left, path + text)
                self.assertTrue(any(path.startswith("tests/") and "FAIL()" in text for path, text in texts.items()))
                self.assertEqual(tables.check(Repository(texts)) + words.check(Repository(texts)), [])

    def test_operation(self):
        self.make("operation", "states", "ListTags")
        self.assertIn("OPERATION(ListTags, list_tags)", (self.root / "src/services/states/operations.def").read_text())
        self.assertIn("TEST(ListTags,", (self.root / "tests/unit/services/states/operations/list_tags_test.cpp").read_text())

    def test_twice_changes_nothing(self):
        self.make("intrinsic", "States.ArrayFlip")
        before = {path: path.read_text() for path in self.root.rglob("*.*")}
        with self.assertRaises(create.Refused):
            self.make("intrinsic", "ArrayFlip")
        self.assertEqual(before, {path: path.read_text() for path in self.root.rglob("*.*")})

    def test_refusals(self):
        for arguments in ((), ("feature", "X"), ("state",), ("state", "../x"), ("operation", "nowhere", "X")):
            with self.subTest(arguments), self.assertRaises(create.Refused):
                self.make(*arguments)

    def test_the_tables_of_the_project_take_a_row(self):
        for family in FAMILIES.values():
            path = ROOT / create.fill(family["table"], {"service": "states"})
            if path.exists():
                with self.subTest(str(path)):
                    text = path.read_text()
                    row = create.fill(family["row"], {"Name": "Zebra", "name": "zebra", "number": str(table.next_number(text))})
                    changed = table.insert(text, row)
                    self.assertEqual(tables.check(Repository({"src/x.def": changed})), [])


if __name__ == "__main__":
    unittest.main()
