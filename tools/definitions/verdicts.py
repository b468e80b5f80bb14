"""What `stepwell validate` says of definitions."""

import pathlib
import subprocess
import tempfile


def judge(program: str, texts: list[str]) -> list[list[str]]:
    """The lines of the errors of each definition, without the place of the file."""
    with tempfile.TemporaryDirectory(prefix="stepwell-") as folder:
        files = [pathlib.Path(folder) / f"{number}.json" for number in range(len(texts))]
        for file, text in zip(files, texts):
            file.write_text(text, encoding="utf-8")
        done = subprocess.run([program, "validate", *map(str, files)], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"validate ended with status {done.returncode}: {done.stderr[-1000:]}")
        errors: dict[str, list[str]] = {str(file): [] for file in files}
        for line in done.stdout.splitlines():
            file, _, rest = line.partition(":")
            place, is_error, what = rest.partition(": error ")
            if is_error:
                errors[file].append(f"{place}: {what}")
        return list(errors.values())
