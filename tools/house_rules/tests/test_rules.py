"""Each rule finds what it forbids and leaves alone what it allows."""

import unittest

from house_rules.repository import Repository, Source
from house_rules.rules import arrows, calls, fences, purity, tables, words


def findings(rule, path: str, text: str) -> list[str]:
    return [str(finding) for finding in rule.check(Repository({path: text}))]


class ArrowsTest(unittest.TestCase):
    def broken(self, path, header):
        return findings(arrows, path, f'#include "{header}"\n')

    def test_wrong_direction(self):
        self.assertEqual(len(self.broken("src/base/a.cpp", "wire/arn.h")), 1)
        self.assertEqual(len(self.broken("src/lang/json/a.cpp", "lang/asl/definition.h")), 1)
        self.assertEqual(len(self.broken("src/engine/a.cpp", "net/loop.h")), 1)
        self.assertEqual(len(self.broken("src/net/a.cpp", "engine/shard.h")), 1)

    def test_right_direction(self):
        self.assertEqual(self.broken("src/engine/a.cpp", "lang/asl/definition.h"), [])
        self.assertEqual(self.broken("src/services/states/a.cpp", "engine/shard.h"), [])
        self.assertEqual(self.broken("src/server/main.cpp", "store/rocksdb/store.h"), [])

    def test_own_module_and_its_subfolders(self):
        self.assertEqual(self.broken("src/engine/commands/a.cpp", "engine/events/b.h"), [])

    def test_engine_sees_the_port_but_no_store(self):
        self.assertEqual(self.broken("src/engine/a.cpp", "store/store.h"), [])
        self.assertEqual(len(self.broken("src/engine/a.cpp", "store/memory/store.h")), 1)

    def test_services_do_not_see_each_other(self):
        self.assertEqual(len(self.broken("src/services/states/a.cpp", "services/lambda/function.h")), 1)
        self.assertEqual(self.broken("src/services/states/a.cpp", "services/directory/directory.h"), [])

    def test_services_see_calls_but_no_protocols(self):
        self.assertEqual(self.broken("src/services/states/a.cpp", "wire/call.h"), [])
        self.assertEqual(len(self.broken("src/services/states/a.cpp", "wire/protocol.h")), 1)

    def test_stores_do_not_see_each_other(self):
        self.assertEqual(len(self.broken("src/store/memory/a.cpp", "store/rocksdb/store.h")), 1)

    def test_includes_are_paths_from_src(self):
        self.assertEqual(len(self.broken("src/wire/a.cpp", "arn.h")), 1)

    def test_an_unknown_folder_asks_for_its_line(self):
        self.assertIn("arrows.txt", findings(arrows, "src/extras/a.cpp", "")[0])

    def test_commented_includes_do_not_count(self):
        self.assertEqual(findings(arrows, "src/base/a.cpp", '// #include "wire/arn.h"\n/*\n#include "wire/arn.h"\n*/\n'), [])

    def test_the_line_is_named(self):
        self.assertIn("src/base/a.cpp:3:", findings(arrows, "src/base/a.cpp", '\n\n#include "wire/arn.h"\n')[0])


class FencesTest(unittest.TestCase):
    def broken(self, path, header):
        return findings(fences, path, f"#include <{header}>\n")

    def test_outside_its_home(self):
        for header in ("boost/asio.hpp", "rocksdb/db.h", "openssl/evp.h", "expat.h", "archive.h", "archive_entry.h", "CLI/CLI.hpp", "gtest/gtest.h"):
            with self.subTest(header):
                self.assertEqual(len(self.broken("src/engine/a.cpp", header)), 1)
        self.assertEqual(len(self.broken("tests/unit/engine/a.cpp", "rocksdb/db.h")), 1)

    def test_at_home(self):
        self.assertEqual(self.broken("src/net/a.cpp", "boost/asio.hpp"), [])
        self.assertEqual(self.broken("src/store/rocksdb/a.cpp", "rocksdb/db.h"), [])
        self.assertEqual(self.broken("src/lang/asl/choice.cpp", "re2/re2.h"), [])
        self.assertEqual(self.broken("src/wire/xml_reader.cpp", "expat.h"), [])
        self.assertEqual(self.broken("tests/unit/net/a.cpp", "boost/asio.hpp"), [])
        self.assertEqual(self.broken("tests/bench/json.cpp", "benchmark/benchmark.h"), [])


class PurityTest(unittest.TestCase):
    def test_pure_modules(self):
        for line in ("#include <thread>", "#include <fstream>", '#include "base/task.h"'):
            with self.subTest(line):
                self.assertEqual(len(findings(purity, "src/lang/json/a.h", line)), 1)
                self.assertEqual(findings(purity, "src/net/a.h", line), [])

    def test_harmless_headers(self):
        self.assertEqual(findings(purity, "src/wire/a.h", '#include <string>\n#include "base/time.h"\n'), [])


class CallsTest(unittest.TestCase):
    FORBIDDEN = (
        "auto now = std::chrono::system_clock::now();",
        "std::random_device seed;",
        'auto home = std::getenv("HOME");',
        "worker.detach();",
        "co_spawn(executor, run(), asio::detached);",
        "int n = std::rand();",
        "auto t = time(nullptr);",
        "auto t = std::time(NULL);",
    )

    def test_forbidden_in_the_engine(self):
        for line in self.FORBIDDEN:
            with self.subTest(line):
                self.assertEqual(len(findings(calls, "src/engine/a.cpp", line)), 1)

    def test_allowed_at_the_edge(self):
        for line in self.FORBIDDEN:
            with self.subTest(line):
                self.assertEqual(findings(calls, "src/server/a.cpp", line), [])

    def test_names_that_only_look_alike(self):
        for line in ("operand(x);", "entry.time(nullptr_value);", "auto due_time(0);", "strand(executor)", "scope.rand(x)"):
            with self.subTest(line):
                self.assertEqual(findings(calls, "src/engine/a.cpp", line), [])

    def test_comments_and_strings_do_not_count(self):
        text = '// no system_clock::now here\nauto s = "getenv(x)";\nauto r = R"(std::random_device)";\n'
        self.assertEqual(findings(calls, "src/engine/a.cpp", text), [])

    def test_sleeps(self):
        nap = "std::this_thread::sleep_for(1s);"
        self.assertEqual(len(findings(calls, "tests/unit/net/a.cpp", nap)), 1)
        self.assertEqual(len(findings(calls, "src/net/a.cpp", nap)), 1)
        self.assertEqual(len(findings(calls, "tests/crash/test_a.py", "    time." + "sleep(1)")), 1)
        self.assertEqual(findings(calls, "src/engine/a.cpp", "sleep(scope, step);\nvoid Interpreter::sleep(Scope& scope) {"), [])
        self.assertEqual(len(findings(calls, "tests/wire/a.cpp", "sleep(1);")), 1)
        self.assertEqual(findings(calls, "tests/crash/test_a.py", "    wait_until(ready, 'x')"), [])


class TablesTest(unittest.TestCase):
    def broken(self, rows: str, comment: str = "// T(name, function): sorted by name."):
        return findings(tables, "src/a/t.def", f"{comment}\n{rows}")

    def test_sorted(self):
        self.assertEqual(self.broken("T(Choice, choice)\n\nT(Fail, fail)\n"), [])
        self.assertEqual(self.broken('T("States.Array", a)\nT("States.Format", f)\n'), [])
        self.assertEqual(self.broken('T(2, b, "x, y")\nT(10, a, "z")\n'), [])

    def test_not_sorted(self):
        self.assertIn("src/a/t.def:3:", self.broken("T(Fail, fail)\nT(Choice, choice)\n")[0])
        self.assertEqual(len(self.broken('T(10, a, "z")\nT(2, b, "x")\n')), 1)

    def test_twice(self):
        self.assertIn("twice", self.broken("T(Fail, fail)\nT(Fail, other)\n")[0])

    def test_two_columns(self):
        by_two = "// Sorted by service and action."
        rows = 'T("athena", "get", "")\nT("athena", "start", "S")\nT("batch", "get", "")\n'
        self.assertEqual(self.broken(rows, by_two), [])
        self.assertEqual(len(self.broken(rows)), 1)
        self.assertEqual(len(self.broken(rows.replace("start", "do"), by_two)), 1)
        self.assertEqual(len(self.broken(rows.replace("start", "get"), by_two)), 1)

    def test_an_order_with_a_meaning(self):
        meant = "// The order is that of the diagnostics."
        self.assertEqual(self.broken("T(b)\nT(a)\n", meant), [])
        self.assertIn("twice", self.broken("T(b)\nT(a)\nT(b)\n", meant)[0])

    def test_the_order_must_be_told(self):
        self.assertIn("does not tell the order", self.broken("T(a)\n", "// a table")[0])

    def test_two_families(self):
        self.assertIn("one family", self.broken("T(A, a)\nU(B, b)\n")[0])

    def test_what_is_not_there_yet(self):
        self.assertEqual(self.broken("T(A, a)\nUNSUPPORTED(B)\nT(C, c)\n"), [])
        self.assertEqual(len(self.broken("T(B, b)\nUNSUPPORTED(A)\n")), 1)

    def test_not_a_row(self):
        self.assertEqual(len(self.broken("int x;\n")), 1)

    def test_continued_rows(self):
        self.assertEqual(self.broken("T(A,\n  a)\nT(B,\n  b)\n"), [])


class WordsTest(unittest.TestCase):
    def test_banned(self):
        for text in ("// TO" + "DO: later", "# FIX" + "ME", "see /wo" + "rk/main", "as in issue" + " #12", "/ho" + "me/someone/x"):
            with self.subTest(text):
                self.assertEqual(len(findings(words, "docs/a.md", text)), 1)

    def test_harmless(self):
        self.assertEqual(findings(words, "docs/a.md", "a to-do list; network/works; open an issue; $HOME/x"), [])


class SourceTest(unittest.TestCase):
    def test_blanking_keeps_lines_and_columns(self):
        text = "int a = 1'000; // x\nchar q = '\"'; /* y\nz */ auto s = \"a\\\"b\"; int b;\n"
        code = Source("a.cpp", text).code
        self.assertEqual(len(code), len(text))
        self.assertEqual(code.count("\n"), 3)
        self.assertIn("1'000;", code)
        self.assertIn("int b;", code)
        self.assertNotIn("z", code)


if __name__ == "__main__":
    unittest.main()
