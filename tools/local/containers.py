"""Whether containers run on this machine, and an image for them that needs no registry: Debian's static busybox, and nothing else."""

import functools
import io
import os
import pathlib
import resource
import shutil
import subprocess
import tarfile

BUSYBOX = "/bin/busybox"


def _run(*command: str, **more) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, timeout=60, **more)


def _archive() -> bytes:
    """A file system: busybox, its commands, and a place for temporary files."""
    data = io.BytesIO()
    commands = _run(BUSYBOX, "--list", text=True, check=True).stdout.split()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for folder in ("bin", "etc", "tmp"):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o1777 if folder == "tmp" else 0o755
            archive.addfile(entry)
        archive.add(os.path.realpath(BUSYBOX), "bin/busybox")
        for command in commands:
            if command != "busybox":
                entry = tarfile.TarInfo(f"bin/{command}")
                entry.type, entry.linkname = tarfile.SYMTYPE, "busybox"
                archive.addfile(entry)
    return data.getvalue()


def make_image(name: str) -> None:
    """The image `localhost/<name>:latest` in the storage of podman; one that is there stays."""
    if _run("podman", "image", "exists", f"localhost/{name}:latest").returncode != 0:
        made = _run("podman", "import", "--quiet", "-", f"localhost/{name}:latest", input=_archive())
        if made.returncode != 0:
            raise OSError(f"podman could not make the image {name}: {made.stderr.decode(errors='replace').strip()}")


def _needs() -> list[str]:
    """What podman needs here: no container may have more than a process that may not raise its own limits."""
    needs = ["--network", "host"]
    greatest = int(pathlib.Path("/proc/sys/kernel/pid_max").read_text(encoding="ascii"))
    for name, limit, most in (("nofile", resource.RLIMIT_NOFILE, None), ("nproc", resource.RLIMIT_NPROC, greatest)):
        hard = resource.getrlimit(limit)[1]
        if hard != resource.RLIM_INFINITY:
            hard = min(hard, most) if most else hard
            needs += ["--ulimit", f"{name}={hard}:{hard}"]
    return needs


def _is_chroot() -> bool:
    """Whether / is no mount point. Podman cannot unpack images then, and what it mounts when it tries stays."""
    mounts = pathlib.Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    return all(mount.split()[4] != "/" for mount in mounts)


@functools.cache
def problem() -> str | None:
    """Why no container runs here; None: they do."""
    if not shutil.which("podman"):
        return "podman is not installed"
    if not os.path.exists(BUSYBOX):
        return "busybox-static is not installed"
    if _is_chroot():
        return "podman cannot unpack images in a chroot whose / is no mount point"
    # crun refuses control groups of the first version, or of both.
    hybrid = not os.path.exists("/sys/fs/cgroup/cgroup.controllers")
    runtime = ["--runtime", "runc"] if hybrid and (shutil.which("runc") or os.path.exists("/usr/sbin/runc")) else []
    try:
        make_image("stepwell-busybox")
        tried = _run("podman", *runtime, "run", "--rm", *_needs(), "localhost/stepwell-busybox:latest", "true", text=True)
    except (OSError, subprocess.SubprocessError) as error:
        return f"podman does not work: {error}"
    return None if tried.returncode == 0 else f"podman does not work: {tried.stderr.strip()}"
