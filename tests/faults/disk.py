"""A small disk that can be filled: a tmpfs on a folder, mounted for all, or where that is not allowed in a namespace of our own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

BALLAST = "ballast"
CHUNK = 1 << 20
HOLD_SECONDS = 3600


class NoDiskError(RuntimeError):
    """No small disk can be made here; says why."""


class Disk:
    """A disk of so many MiB on a folder, which is made; gone when the context ends."""

    def __init__(self, folder: Path, size_mb: int) -> None:
        """Mount it. Raises NoDiskError."""
        folder.mkdir(parents=True)
        self._folder = folder
        self._holder: subprocess.Popen[bytes] | None = None
        self.prefix: list[str] = []
        """What goes in front of a command that is to see the disk."""
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m,mode=700", "tmpfs", str(folder)]
        if not all(map(shutil.which, ("mount", "umount", "unshare", "nsenter"))):
            raise NoDiskError("mount, umount, unshare or nsenter is missing")
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
        if done.returncode:
            self._hold(mount, done.stderr.strip() or f"mount: status {done.returncode}")

    def _hold(self, mount: list[str], refused: str) -> None:
        """Mount it in a user and mount namespace, which lives as long as the process that holds it."""
        script = f'"$@" && echo mounted && exec sleep {HOLD_SECONDS}'
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", *mount]
        self._holder = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self._holder.stdout is not None
        assert self._holder.stderr is not None
        if self._holder.stdout.readline() != b"mounted\n":
            why = self._holder.stderr.read().decode("utf-8", "replace").strip()
            self._holder.wait()
            raise NoDiskError(f"{refused}; {why}")
        inside = ["--target", str(self._holder.pid), "--user", "--mount", "--preserve-credentials"]
        self.prefix = ["nsenter", *inside, "--"]

    def __enter__(self) -> Self:
        """Give the disk itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        if self._holder is None:
            subprocess.run(["umount", "--lazy", str(self._folder)], check=False)  # noqa: S607 - differs between systems
        else:
            self._holder.kill()
            self._holder.communicate()

    def fill(self) -> None:
        """Take all the space that is left."""
        with self._ballast.open("wb", buffering=0) as file:
            size = CHUNK
            while size:
                try:
                    if file.write(bytes(size)) < size:
                        size //= 2
                except OSError:
                    size //= 2

    def clear(self) -> None:
        """Give it back."""
        self._ballast.unlink()

    def seen(self, path: Path) -> Path:
        """Return where a file or folder on the disk is for this process, which may not see the disk itself."""
        if self._holder is None:
            return path
        return Path(f"/proc/{self._holder.pid}/root") / path.relative_to("/")

    @property
    def _ballast(self) -> Path:
        return self.seen(self._folder / BALLAST)
