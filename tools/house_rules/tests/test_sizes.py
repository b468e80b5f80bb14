"""The list of places to look at names long functions and files, and only those."""

import unittest

from house_rules.repository import Repository, Source
from house_rules.sizes import cpp_functions, report

BODY = "  step();\n"


class FunctionsTest(unittest.TestCase):
    def functions(self, text):
        return [(name, lines) for name, _, lines in cpp_functions(Source("src/a.cpp", text))]

    def test_members_lambdas_and_constructors(self):
        text = (
            "namespace a {\n"
            "struct S : T {\n"
            "  S() : a_{1}, b_{2} {\n    go();\n  }\n"
            "  int x = 3;\n"
            "  bool small() const { return true; }\n"
            "};\n"
            "Result<int> S::parse(std::string_view text,\n                     int depth) {\n"
            "  auto f = [&](int n) {\n    return n;\n  };\n"
            "  if (x) {\n    y();\n  }\n"
            "}\n"
            "}\n"
        )
        self.assertEqual(self.functions(text), [("S", 3), ("small", 1), ("S::parse", 9)])

    def test_tables_are_no_functions(self):
        self.assertEqual(self.functions("constexpr auto all = std::to_array<T>({\n  {1},\n  {2},\n});\nenum class E { a, b };\n"), [])

    def test_braces_in_text_do_not_count(self):
        self.assertEqual(self.functions('void f() {\n  s = "{{{"; // {\n}\nvoid g() {}\n'), [("f", 3), ("g", 1)])


class ReportTest(unittest.TestCase):
    def test_long_and_short(self):
        project = Repository(
            {
                "src/long.cpp": "void f() {\n" + BODY * 70 + "}\n",
                "src/short.cpp": "void g() {\n" + BODY * 60 + "}\n",
                "src/file.h": "int x;\n" * 501,
                "tools/a.py": "def f():\n" + "    x = 1\n" * 70,
            }
        )
        lines = report(project)
        self.assertEqual(len(lines), 3)
        self.assertIn("src/file.h", lines[0])
        self.assertIn("f has 72 lines", lines[1])
        self.assertIn("tools/a.py:1: f has 71 lines", lines[2])


if __name__ == "__main__":
    unittest.main()
