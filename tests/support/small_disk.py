"""A small file system of its own, in memory and in a mount namespace: it ends with the process that holds it."""

import os
import pathlib
import subprocess
import tempfile


class NotPermitted(Exception):
    pass


class SmallDisk:
    """Mounted at `path` for what runs behind `wrapper`; the test reaches its files below `inside`."""

    def __init__(self, megabytes: int):
        self._folder = tempfile.TemporaryDirectory(prefix="stepwell-disk-")
        self.path = pathlib.Path(self._folder.name)
        self._megabytes = megabytes

    def __enter__(self) -> "SmallDisk":
        root = os.geteuid() == 0
        mount = f'mount -t tmpfs -o size={self._megabytes}m tmpfs "$0" && echo mounted && exec cat'
        unshare = ["unshare", "--mount"] if root else ["unshare", "--user", "--map-root-user", "--mount"]
        self._holder = subprocess.Popen(
            [*unshare, "sh", "-c", mount, str(self.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        if self._holder.stdout.readline() != b"mounted\n":
            why = self._holder.stderr.read().decode().strip()
            self.__exit__()
            raise NotPermitted(f"no file system can be mounted here: {why}")
        self.wrapper = ["nsenter", "--target", str(self._holder.pid), "--mount", *([] if root else ["--user", "--preserve-credentials"]), "--"]
        self.inside = pathlib.Path(f"/proc/{self._holder.pid}/root{self.path}")
        return self

    def __exit__(self, *_):
        self._holder.stdin.close()
        self._holder.wait()
        self._holder.stdout.close()
        self._holder.stderr.close()
        self._folder.cleanup()

    def free(self) -> int:
        state = os.statvfs(self.inside)
        return state.f_bavail * state.f_frsize

    def fill(self, leave: int = 0) -> None:
        """Takes all room but `leave` bytes."""
        with open(self.inside / "ballast", "ab") as ballast:
            try:
                while (room := self.free() - leave) > 0:
                    ballast.write(b"\0" * min(room, 1 << 20))
                    ballast.flush()
            except OSError:
                pass  # full

    def make_room(self) -> None:
        (self.inside / "ballast").unlink()
