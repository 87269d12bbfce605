"""Where results go: standard output, and the files named by `--output-format FORMAT=PATH`."""

import os
import tempfile
from contextlib import suppress
from types import TracebackType
from typing import Self

from coopctl.cli.streams import StandardOutput
from coopctl.errors import CoopctlError

FORMATS_VARIABLE = "COOPCTL_OUTPUT_FORMAT"


def wanted_formats(given: list[str] | None, known: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Return (format, path) pairs; a path of None is standard output, which always gets one format."""
    if not given:
        given = os.environ.get(FORMATS_VARIABLE, "").split()
    wanted: list[tuple[str, str | None]] = []
    for each in given:
        name, has_path, path = each.partition("=")
        if name not in known:
            raise CoopctlError(f"--output-format: no format is called {name!r}; there are {', '.join(known)}")
        if has_path and not path:
            raise CoopctlError(f"--output-format: {each} names no file")
        wanted.append((name, path or None))
    on_standard_output = [name for name, path in wanted if path is None]
    if len(on_standard_output) > 1:
        raise CoopctlError(
            f"--output-format: {' and '.join(on_standard_output)} cannot both go to standard output; "
            "write one of them as FORMAT=PATH"
        )
    return wanted if on_standard_output else [(known[0], None), *wanted]


class FileSink:
    """Writes a file that appears whole at the end or not at all."""

    def __init__(self, path: str) -> None:
        self._path = path
        folder = os.path.dirname(path) or "."
        try:
            descriptor, self._temporary = tempfile.mkstemp(prefix=".coopctl-", dir=folder)
            self._file = os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise CoopctlError(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from None

    def write(self, text: str) -> None:
        """Write some text."""
        try:
            self._file.write(text)
        except OSError as error:
            raise CoopctlError(f"{self._path}: cannot be written: {os.strerror(error.errno or 0)}") from None

    def close(self) -> None:
        """Put the file into its place."""
        try:
            self._file.close()
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(self._temporary, 0o666 & ~umask)
            os.replace(self._temporary, self._path)
        except OSError as error:
            raise CoopctlError(f"{self._path}: cannot be written: {os.strerror(error.errno or 0)}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            os.unlink(self._temporary)


class OutputSink(StandardOutput):
    """Standard output as a place for results."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def sink_for(path: str | None) -> OutputSink | FileSink:
    """Return where a format's text goes."""
    return OutputSink() if path is None else FileSink(path)
