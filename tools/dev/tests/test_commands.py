"""./dev explains itself, and refuses what it does not know, without installing or building anything."""

import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
COMMANDS = sorted(path.stem for path in (ROOT / "tools/dev").glob("*.sh") if path.stem != "lib")


def dev(*arguments, **environment):
    return subprocess.run(
        [str(ROOT / "dev"), *arguments], capture_output=True, text=True, cwd="/", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"} | environment
    )


class HelpTest(unittest.TestCase):
    def test_every_command_is_listed_and_explained(self):
        overview = dev("help").stdout
        for command in COMMANDS:
            with self.subTest(command):
                self.assertRegex(overview, rf"(?m)^  {command} +[A-Z].*\.$")
                for arguments in ((command, "--help"), ("help", command)):
                    done = dev(*arguments)
                    self.assertEqual(done.returncode, 0)
                    self.assertTrue(done.stdout.startswith(f"dev {command}"), done.stdout)
                    self.assertIn(f"./dev {command}", done.stdout.split("Examples:")[1])

    def test_without_arguments_it_helps(self):
        self.assertEqual(dev().stdout, dev("--help").stdout)

    def test_colours_on_a_terminal_only(self):
        self.assertNotIn("\x1b", dev("help").stdout)

    def test_unknown_commands(self):
        for name in ("frobnicate", "lib", "../dev/build", "tests/test_commands"):
            with self.subTest(name):
                done = dev(name)
                self.assertEqual(done.returncode, 2)
                self.assertIn("there is no command", done.stderr)


class PackagesTest(unittest.TestCase):
    LISTS = sorted((ROOT / "tools/packages").glob("*.txt"))

    def test_lists_are_well_formed(self):
        self.assertGreaterEqual(len(self.LISTS), 3)
        for path in self.LISTS:
            rows = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
            for row in rows:
                self.assertRegex(row, r"^[a-z0-9][a-z0-9.+-]+( unless [a-z0-9-]+)?$", str(path))
            self.assertEqual(len(rows), len(set(rows)), str(path))

    def missing(self, listing: str) -> list[str]:
        script = f'cd {ROOT} && . tools/dev/lib.sh && cd "$1" && missing_packages probe'
        with tempfile.TemporaryDirectory() as folder:
            packages = pathlib.Path(folder) / "tools/packages"
            packages.mkdir(parents=True)
            (packages / "probe.txt").write_text(listing)
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", script, "probe", folder], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.split()

    def test_missing_packages_are_found(self):
        self.assertEqual(self.missing("# why\nbash\nno-such-package-at-all\n\ncoreutils\n"), ["no-such-package-at-all"])

    def test_a_command_that_is_there_makes_its_package_needless(self):
        self.assertEqual(self.missing("no-such-package unless sh\nnone-either unless no-such-command\n"), ["none-either"])


class InstallTest(unittest.TestCase):
    """Against an apt-get and a dpkg-query that only note how they are called."""

    def need(self, apt_get: str, installed: str = "", **environment) -> tuple[subprocess.CompletedProcess, list[str]]:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            commands = {
                "dpkg-query": f"printf '%s' '{installed}'",
                "sudo": 'exec "$@"',
                "apt-get": f'echo "$DEBIAN_FRONTEND $*" >>"{folder}/calls"\n{apt_get}',
            }
            (folder / "bin").mkdir()
            for command, script in commands.items():
                path = folder / "bin" / command
                path.write_text(f"#!/bin/sh\n{script}\n")
                path.chmod(0o755)
            (folder / "tools/packages").mkdir(parents=True)
            (folder / "tools/packages/probe.txt").write_text("one\ntwo\n")
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", f'. {ROOT}/tools/dev/lib.sh; cd "$1"; need_packages probe; echo ready', "probe", name],
                capture_output=True,
                text=True,
                env={"PATH": f"{folder}/bin:/usr/bin:/bin"} | environment,
            )
            calls = folder / "calls"
            return done, calls.read_text().splitlines() if calls.exists() else []

    def test_what_is_missing_is_installed(self):
        done, calls = self.need("exit 0", installed="installed one\n")
        self.assertIn("ready", done.stdout)
        installs = [call for call in calls if " install " in call]
        self.assertEqual(len(installs), 1)
        self.assertRegex(installs[0], r"^noninteractive .*-y .*install --no-install-recommends two$")

    def test_nothing_is_missing(self):
        done, calls = self.need("exit 1", installed="installed one\ninstalled two\n")
        self.assertEqual((done.stdout, calls), ("ready\n", []))

    def test_a_stale_list_is_renewed_once(self):
        done, calls = self.need('case "$*" in *update*) touch "$0.updated" ;; *) [ -e "$0.updated" ] ;; esac')
        self.assertIn("ready", done.stdout, done.stderr)
        self.assertEqual(sum("update" in call for call in calls), 1)

    def test_failure_is_told(self):
        done, _ = self.need('echo "E: no such package" >&2; exit 100')
        self.assertEqual(done.returncode, 1)
        self.assertIn("build/packages.log", done.stderr)
        self.assertNotIn("ready", done.stdout)

    def test_nothing_is_installed_where_that_is_forbidden(self):
        done, calls = self.need("exit 0", STEPWELL_NO_INSTALL="1")
        self.assertEqual((done.returncode, calls), (1, []))
        self.assertIn("apt-get install --no-install-recommends one two", done.stderr)


class HookTest(unittest.TestCase):
    def test_scripts_are_executable(self):
        listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-s", "dev", ".ci/run", "tools/hooks"], capture_output=True, text=True).stdout
        self.assertEqual(re.findall(r"(?m)^(?!100755).+", listing), [])


if __name__ == "__main__":
    unittest.main()
