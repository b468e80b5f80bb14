"""Placeholders are filled, and the list of differences gives reasons."""

import json
import pathlib
import tempfile
import unittest

from definitions import corpus, differences


class CorpusTest(unittest.TestCase):
    def read(self, path: str, *cases: dict) -> list[corpus.Definition]:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir()
            file.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
            return corpus.read(pathlib.Path(folder))

    def test_what_is_in_use_is_valid(self):
        (one,) = self.read("definitions/c.jsonl", {"id": "c/a", "definition": {"StartAt": "A"}})
        self.assertEqual((one.id, one.valid, json.loads(one.text)), ("c/a", True, {"StartAt": "A"}))

    def test_a_verdict_may_be_missing(self):
        found = self.read("lint/l.jsonl", {"id": "l/a", "definition": {}}, {"id": "l/b", "valid": False, "definition_text": "{"})
        self.assertEqual([(d.id, d.valid, d.text) for d in found], [("l/b", False, "{")])

    def test_placeholders_are_filled(self):
        self.assertEqual(corpus.filled({"Resource": "${Function}"}), {"Resource": corpus.LAMBDA})
        self.assertEqual(corpus.filled({"Resource": "arn:${Partition}:states:::sns:publish"}), {"Resource": "arn:aws:states:::sns:publish"})
        self.assertEqual(corpus.filled({"a": ["${AWS::Region}-x", 1, "${no"]}), {"a": ["AWSRegion-x", 1, "${no"]})
        self.assertEqual(corpus.filled({"TimeoutSeconds": "${Timeout}", "Comment": "${C}"}), {"TimeoutSeconds": 60, "Comment": "C"})
        self.assertEqual(corpus.filled({"Resource": "foo:bar"}), {"Resource": corpus.LAMBDA})


class DifferencesTest(unittest.TestCase):
    def read(self, text: str) -> dict[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "list.txt"
            path.write_text(text, encoding="utf-8")
            return differences.read(path)

    def test_every_line_gives_a_reason(self):
        self.assertEqual(self.read("# why\n\nl/a: AWS takes it\n"), {"l/a": "AWS takes it"})
        for line in ("l/a", "l/a:", "l/a:  "):
            with self.assertRaises(ValueError):
                self.read(line)


if __name__ == "__main__":
    unittest.main()
