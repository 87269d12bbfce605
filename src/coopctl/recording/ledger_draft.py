"""An agreement's ledger being added to: picks the file that a fact belongs in, and writes it there."""

import os
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple

from coopctl.discovery import LEDGER_FOLDER, LEDGER_SUFFIXES, read_as
from coopctl.drafts.csv_draft import CsvDraft
from coopctl.drafts.values import Entry, Plain, Value
from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.errors import CoopctlError
from coopctl.formulas import harmless_text
from coopctl.ledger.csv_ledger import COLUMNS, CsvPositions
from coopctl.loading import Loaded
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey
from coopctl.places import Path, Place
from coopctl.source import Source

HEADER = "coopctl: actuals/1\n"
CSV_HEADER = f"{','.join(COLUMNS)}\n"


class ChangedFile(NamedTuple):
    """A file of the ledger with what has been added to it."""

    path: str
    before: str | None
    """None for a file that is not there yet."""
    after: str


class LedgerDraft:
    """All files of one agreement's ledger, with the facts that were added so far.

    A figure goes into the file that has the latest one of the same KPI or budget line, anything else into the last
    YAML file, and where there is none into a new file. Nothing is written to disk here.
    Raises `CoopctlError` where a file cannot be added to as it is written.
    """

    def __init__(
        self, loaded: Loaded, year: int, file: str | None = None, standing: Mapping[str, str] | None = None
    ) -> None:
        """Begin with a ledger that could be read; `year` names a new file, `file` is where everything is to go.

        `standing` has what is on disk, by path, for files that were read as something else.
        """
        self._loaded = loaded
        self._year = year
        self._file = self._belonging(file) if file is not None else None
        self._before = {path: text_of(each) for path, each in loaded.files.items() if path != loaded.path}
        self._standing = standing or {}
        self._yaml: dict[str, YamlDraft] = {}
        self._csv: dict[str, CsvDraft] = {}
        self._having: dict[tuple[str, str], Mapping[str, Iterable[str]]] = {}

    def add_figure(self, section: Literal["kpis", "spend"], id_: str, period: PeriodKey, fields: Entry) -> str:
        """Record a figure; one that is there for the period already stays on record. Returns the file's path."""
        path = self._file or self._file_of_figure(section, id_, period, fields)
        if section == "kpis" and _is_csv(path):
            self._csv_draft(path).append({"kpi": id_, "period": period.text, **_cells(fields)})
            return path
        draft = self._yaml_draft(path)
        place = (section, id_, period.text)
        if _has(draft.data, place):
            draft.append(place, fields)
        else:
            draft.put(place, fields)
        return path

    def exchange_figure(self, figure: Observation, fields: Entry) -> str:
        """Write a figure anew that was recorded on the same day; what was said of it is not said of the new one.

        Returns the file's path.
        """
        self.exchange_figures([(figure, fields)])
        return figure.place.file

    def exchange_figures(self, figures: Iterable[tuple[Observation, Entry]]) -> None:
        """Write several figures anew, each as `exchange_figure` would: all that are in one file at once."""
        by_file: dict[str, list[tuple[Path, Entry]]] = {}
        for figure, fields in figures:
            by_file.setdefault(figure.place.file, []).append((figure.place.path[:-1], fields))
        for path, of_file in by_file.items():
            if not _is_yaml(path):
                raise CoopctlError(f"{path}: a row of a CSV file is not exchanged; correct it by hand")
            draft = self._yaml_draft(path)
            draft.put_all({(*place, name): value for place, fields in of_file for name, value in fields.items()})
            for name in ("weight", "status", "by", "note"):
                unsaid = [(*place, name) for place, fields in of_file if name not in fields]
                draft.drop_all([each for each in unsaid if _has(draft.data, each)])

    def say_of_figure(self, figure: Observation, said: Entry) -> str:
        """Write who gave a figure that is recorded already, or a note. Returns the file's path."""
        path, place = figure.place.file, figure.place.path
        if not _is_yaml(path):
            line = self._loaded.locate(figure.place).line
            fields = " and ".join(f"`{name}`" for name in said)
            raise CoopctlError(f"{path}:{line}: a row of a CSV file is not changed; write its {fields} by hand")
        if place[-1] not in ("value", "numerator"):
            line = self._loaded.locate(figure.place).line
            wanted = "".join(f", {name}: …" for name in said)
            raise CoopctlError(
                f"{path}:{line}: the figure stands there as a bare number; write by hand: "
                f"{{value: {figure.value:f}{wanted}}}"
            )
        self._yaml_draft(path).put_all({(*place[:-1], name): text for name, text in said.items()})
        return path

    def finish_action(self, place: Place, fields: Entry) -> str:
        """Record that an action was done. Returns the file's path."""
        for name, text in fields.items():
            self._yaml_draft(place.file).put((*place.path, name), text)
        return place.file

    def add_figures(self, figures: Iterable[tuple[str, PeriodKey, Entry]]) -> None:
        """Record figures of KPIs, first ones and such as restate others: all that go into one file at once."""
        by_file: dict[str, list[tuple[str, PeriodKey, Entry]]] = {}
        for id_, period, fields in figures:
            path = self.file_of_figure(id_, period, fields)
            by_file.setdefault(path, []).append((id_, period, fields))
        for path, of_file in by_file.items():
            if _is_csv(path):
                rows = ({"kpi": id_, "period": period.text, **_cells(fields)} for id_, period, fields in of_file)
                self._csv_draft(path).append(*rows)
            else:
                _add_to(self._yaml_draft(path), of_file)

    def set_milestone(self, id_: str, fields: Mapping[str, Value]) -> str:
        """Record how far a milestone has come; facts that are there already are exchanged. Returns the file's path."""
        known = self._loaded.ledger.milestones.get(id_)
        path = self._file or (known.place.file if known is not None else self._last_yaml("milestones"))
        draft = self._yaml_draft(path)
        if not _has(draft.data, ("milestones", id_)):
            draft.put(("milestones", id_), Entry(fields))
            return path
        for name, value in fields.items():
            draft.put(("milestones", id_, name), value)
        return path

    def add_entry(self, section: Literal["events", "actions", "waivers"], fields: Entry) -> str:
        """Record an event, an action or a waiver. Returns the file's path."""
        path = self._file or self._last_yaml(section)
        self._yaml_draft(path).append((section,), fields)
        return path

    def changed(self) -> list[ChangedFile]:
        """Return the files that say something else now, by path; one that was only begun says nothing yet."""
        drafts: dict[str, YamlDraft | CsvDraft] = {**self._yaml, **self._csv}
        before = {**self._before, **self._standing}
        return [
            ChangedFile(path, before.get(path), draft.text)
            for path, draft in sorted(drafts.items())
            if draft.text != self._before.get(path)
        ]

    def texts(self) -> dict[str, str]:
        """Return what is to be read instead of what is on disk, by path: changed files, and begun ones as begun."""
        return {path: self._before[path] for path in self._standing} | {
            each.path: each.after for each in self.changed()
        }

    # --- which file ---------------------------------------------------------------------------------------------

    def file_of_figure(self, id_: str, period: PeriodKey, fields: Entry) -> str:
        """Return the path of the file that a figure of a KPI goes into."""
        return self._file or self._file_of_figure("kpis", id_, period, fields)

    def _file_of_figure(self, section: str, id_: str, period: PeriodKey, fields: Entry) -> str:
        files = self._files_of(section, id_)
        for path in files.get(period.text) or files.get("", ()):
            if self._takes(path, fields):
                return path
        sheets = [path for path in self._paths() if _is_csv(path) and self._takes(path, fields)]
        if section == "kpis" and sheets and not any(map(_is_yaml, self._paths())):
            return sheets[-1]
        return self._last_yaml(section)

    def _files_of(self, section: str, id_: str) -> Mapping[str, Iterable[str]]:
        """Return the files that have figures of something, by period, under "" those of any, the latest first."""
        if (section, id_) not in self._having:
            ledger = self._loaded.ledger
            found: dict[str, dict[str, None]] = {}
            recorded = (ledger.figures if section == "kpis" else ledger.spend).get(id_, ())
            for each in sorted(recorded, key=_latest, reverse=True):
                found.setdefault(each.key.text, {})[each.place.file] = None
                found.setdefault("", {})[each.place.file] = None
            self._having[section, id_] = found
        return self._having[section, id_]

    def _takes(self, path: str, fields: Entry) -> bool:
        return _is_yaml(path) or self._csv_draft(path).has(_cells(fields))

    def _last_yaml(self, section: str) -> str:
        """Return the last YAML file that has a section, else the last one, else the name of a new one."""
        files = [path for path in self._paths() if _is_yaml(path)]
        having = [path for path in files if _has(self._yaml_draft(path).data, (section,))]
        return (having or files or [self._new_file()])[-1]

    def _paths(self) -> list[str]:
        return sorted({*self._before, *self._yaml})

    def _belonging(self, path: str) -> str:
        """Return a path as the ledger has it; refuse one that the agreement would not read."""
        assert self._loaded.agreement is not None, "only a readable agreement has a ledger to write to"
        folder = os.path.dirname(self._loaded.path)
        known = {os.path.realpath(each): each for each in self._loaded.files if each != self._loaded.path}
        if os.path.realpath(path) in known:
            return known[os.path.realpath(path)]
        patterns = self._loaded.agreement.actuals
        name = read_as(self._loaded.path, patterns, path)
        if name is None or not (_is_yaml(name) or _is_csv(name)):
            shown = patterns or tuple(f"{LEDGER_FOLDER}/*{each}" for each in LEDGER_SUFFIXES)
            raise CoopctlError(f"{path}: {self._loaded.path} reads no such file: it reads {', '.join(shown)}")
        return _joined(folder, name)

    def _new_file(self) -> str:
        folder = os.path.dirname(self._loaded.path)
        assert self._loaded.agreement is not None, "only a readable agreement has a ledger to write to"
        patterns = self._loaded.agreement.actuals
        if patterns is None:
            return _joined(folder, f"{LEDGER_FOLDER}/{self._year}.yaml")
        for pattern in patterns:
            for name in _names_for(PurePosixPath(pattern), self._year):
                return _joined(folder, name)
        raise CoopctlError(
            f"{self._loaded.path}: `actuals` leaves open which file new facts go to; name it with --file"
        )

    # --- their texts --------------------------------------------------------------------------------------------

    def _yaml_draft(self, path: str) -> YamlDraft:
        if _is_csv(path):
            raise CoopctlError(f"{path}: a CSV ledger has figures of KPIs only; name a YAML file")
        if path not in self._yaml:
            self._yaml[path] = YamlDraft(path, self._before.get(path, HEADER))
        return self._yaml[path]

    def _csv_draft(self, path: str) -> CsvDraft:
        if path not in self._csv:
            self._csv[path] = CsvDraft(path, self._before.get(path, CSV_HEADER))
        return self._csv[path]


def _add_to(draft: YamlDraft, figures: Iterable[tuple[str, PeriodKey, Entry]]) -> None:
    first: dict[Path, Value] = {}
    later: dict[Path, list[Value]] = {}
    for id_, period, fields in figures:
        place = ("kpis", id_, period.text)
        if place in first or _has(draft.data, place):
            later.setdefault(place, []).append(fields)
        else:
            first[place] = fields
    draft.put_all(first)
    draft.append_all(later)


def _names_for(pattern: PurePosixPath, year: int) -> Iterator[str]:
    """Yield the file that a pattern of `actuals` has for a year, where only its last part is open."""
    if any(sign in str(pattern.parent) for sign in "*?[") or pattern.suffix not in (".yaml", ".yml"):
        return
    for name in (f"{year}{pattern.suffix}", pattern.name.replace("*", str(year))):
        if fnmatchcase(name, pattern.name):
            yield str(pattern.parent / name)


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def text_of(positions: object) -> str:
    """Return the whole text of a file that was read, its byte order mark included."""
    if isinstance(positions, Source | CsvPositions):
        return positions.whole_text
    raise TypeError(f"a ledger file of an unknown form: {positions!r}")


def _is_yaml(path: str) -> bool:
    return path.endswith((".yaml", ".yml"))


def _is_csv(path: str) -> bool:
    return path.endswith(".csv")


def _has(data: Any, path: Path) -> bool:
    try:
        for step in path:
            data = data[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _latest(figure: Observation) -> tuple[str, str]:
    return figure.key.text, figure.place.file


def _cells(fields: Entry) -> dict[str, str]:
    """Return a figure as cells of a row; a note such as `=1` is kept from being a formula."""
    return {name: str(each) if isinstance(each, Plain) else harmless_text(str(each)) for name, each in fields.items()}
