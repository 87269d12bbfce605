"""The process in which a user's templates are rendered: a request on standard input, its answer on standard output.

It is started without an environment. Once it has what it needs, it opens no file, starts no process and reaches no
network: the limits of the operating system say so where there are any, and Python's audit events say so everywhere.
Nothing that a template does can be worse than what this process can do.
"""

import encodings.unicode_escape  # noqa: F401  # Jinja reads texts in quotes with it; see the next one
import json
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from types import ModuleType
from typing import Any

import jinja2.debug  # noqa: F401  # Jinja imports it at the first error, when nothing can be opened any more
from jinja2.exceptions import TemplateRuntimeError

from coopctl import limits
from coopctl.report.templating.environment import Sources, TemplateEnvironment
from coopctl.report.templating.faults import Fault, fault_of
from coopctl.report.templating.text import as_text

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows: the parent's clock is the limit there
    resource = None

_FORBIDDEN = ("open", "import", "os.", "socket.", "subprocess.", "shutil.", "ctypes.", "tempfile.", "glob.", "mmap.")
"""What Python announces before it happens, and must not happen here."""


class _TooLongError(Exception):
    """The report is longer than a report may be."""


def main() -> None:
    """Answer one request."""
    confine()
    request = json.loads(sys.stdin.buffer.read())
    try:
        answer = _answer(request)
    except MemoryError:
        answer = {"limit": "memory"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()


def confine() -> None:
    """Take from this process what it does not need, for good."""
    memory = _address_space()
    sys.addaudithook(_refuse)
    if resource is None:
        return
    seconds = limits.TEMPLATE_SECONDS
    wanted = {"RLIMIT_AS": memory + limits.TEMPLATE_MEMORY, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0}
    wanted["RLIMIT_NOFILE"] = 3  # the standard streams
    for name, value in (*wanted.items(), ("RLIMIT_CPU", seconds)):
        kind = getattr(resource, name, None)
        try:
            if kind is not None:  # at the hard limit on time the process would be killed without saying for what
                resource.setrlimit(kind, (value, value + 1 if name == "RLIMIT_CPU" else value))
        except (OSError, ValueError):  # macOS knows some of them and refuses to set them
            continue


def _address_space() -> int:
    """Return what this process has before it begins: the limit on a system counts files mapped into memory too."""
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError):  # not on Linux
        return 0
    return pages * resource.getpagesize() if resource else 0


def _refuse(event: str, _details: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a template cannot do this: {event}")


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    sources = Sources(request["standard"], request["own"], request["refused"])
    environment = TemplateEnvironment(sources, lambda text: _message(text, request["messages"]))
    try:
        return {"text": _generated(environment, request["start"], as_text(request["report"]))}
    except _TooLongError:
        return {"limit": "output", "used": sorted(sources.used)}
    except UnicodeEncodeError:
        fault = Fault("it writes half of a character", request["start"], used=tuple(sorted(sources.used)))
    except MemoryError:
        raise
    except Exception as error:  # whatever a template does wrong is told to whoever wrote it
        fault = fault_of(error, environment, sources)
    return {"fault": fault._asdict()}


def _message(text: str, messages: Mapping[str, str]) -> str:
    if text not in messages:
        near = get_close_matches(text, messages, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "text of your own is written without it"
        raise TemplateRuntimeError(f"say() has no message {text!r}; {remedy}")
    return messages[text]


def _generated(environment: TemplateEnvironment, start: str, report: Any) -> str:
    pieces = []
    length = 0
    for piece in environment.get_template(start).generate(report=report):
        length += len(piece.encode("utf-8"))
        if length > limits.RENDERED_BYTES:
            raise _TooLongError
        pieces.append(piece)
    return "".join(pieces)
