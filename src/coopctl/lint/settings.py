"""What applies to one agreement: the command line, then the nearest configuration, then the defaults."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from coopctl.configuration import NOTHING, Configuration, nearest_configuration, read_configuration
from coopctl.evaluate.verdicts import Judgement
from coopctl.findings import Severity
from coopctl.lint.baseline import Baseline, read_baseline
from coopctl.lint.engine import Linted, counted, lint
from coopctl.lint.selection import Selection, Selector
from coopctl.loading import Loaded

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class LintOptions:
    """What the command line asks for; travels to other processes as it is."""

    select: tuple[Selector, ...] | None = None
    extend_select: tuple[Selector, ...] = ()
    ignore: tuple[Selector, ...] = ()
    fail_on: Severity | None = None
    baseline: str | None = None
    config: str | None = None
    """Configuration file to use for all agreements."""
    without_config: bool = False
    without_baseline: bool = False
    """For writing one anew."""
    may_lack_baseline: bool = False
    """A configured baseline that is not written yet counts as an empty one."""

    def settings_for(self, agreement: str) -> "LintSettings":
        """Return what applies to an agreement; raises `CoopctlError` where its configuration cannot be used."""
        folder = os.path.dirname(agreement)
        if folder not in self._by_folder:
            configuration = self._configuration_for(folder)
            path = self.baseline or configuration.baseline
            lacking = path is None or (self.may_lack_baseline and not os.path.lexists(path))
            if path is not None and path not in self._baselines and not (self.without_baseline or lacking):
                self._baselines[path] = read_baseline(path)
            self._by_folder[folder] = LintSettings(self, configuration, path, self._baselines.get(path or ""))
        return self._by_folder[folder]

    def refuse_unusable(self, agreements: Iterable[str]) -> None:
        """Raise `CoopctlError` before anything is written, where a configuration or baseline cannot be used."""
        for agreement in agreements:
            self.settings_for(agreement)

    def _configuration_for(self, folder: str) -> Configuration:
        if self.without_config:
            return NOTHING
        path = self.config or nearest_configuration(folder)
        if path is not None and path not in self._configurations:
            self._configurations[path] = read_configuration(path)
        return NOTHING if path is None else self._configurations[path]

    @cached_property
    def _by_folder(self) -> "dict[str, LintSettings]":
        return {}

    @cached_property
    def _configurations(self) -> dict[str, Configuration]:
        return {}

    @cached_property
    def _baselines(self) -> dict[str, Baseline]:
        return {}


@dataclass(frozen=True)
class LintSettings:
    """Command line and configuration together, for one agreement."""

    options: LintOptions
    configuration: Configuration
    baseline_path: str | None
    """The baseline's file, whether or not it exists; None for none."""
    baseline: Baseline | None

    @property
    def fail_on(self) -> Severity:
        """The least that makes the run fail."""
        return self.options.fail_on or self.configuration.fail_on or Severity.ERROR

    @cached_property
    def _selection(self) -> Selection:
        """What applies to all files: --select replaces what the configuration says, everything else adds to it.

        What --extend-select names is wanted even if the configuration ignores the very same.
        """
        options, configured = self.options, self.configuration
        if options.select is not None:
            return Selection((*options.select, *options.extend_select), options.ignore)
        selected = configured.select if configured.select is not None else (Selector(""),)
        ignored = tuple(each for each in configured.ignore if each not in options.extend_select)
        return Selection((*selected, *configured.extend_select, *options.extend_select), (*ignored, *options.ignore))

    def selection_for(self, path: str) -> Selection:
        """Return which rules apply to a file."""
        if not self.configuration.per_file_ignores:
            return self._selection
        if path not in self._by_file:
            beside = os.path.relpath(path, os.path.dirname(self.configuration.path) or ".").replace(os.sep, "/")
            ignored = [each for spec, ignored in self._per_file if spec.match_file(beside) for each in ignored]
            self._by_file[path] = self._selection.without(ignored)
        return self._by_file[path]

    @cached_property
    def _by_file(self) -> dict[str, Selection]:
        return {}

    @cached_property
    def _per_file(self) -> "list[tuple[GitIgnoreSpec, tuple[Selector, ...]]]":
        """Return the patterns of files, ready for use, with what is ignored in those."""
        from pathspec import GitIgnoreSpec

        patterns = self.configuration.per_file_ignores
        return [(GitIgnoreSpec.from_lines([pattern]), selectors) for pattern, selectors in patterns]


def lint_by(settings: LintSettings, loaded: Loaded, as_of: date, judgement: Judgement | None) -> Linted:
    """Lint an agreement as its settings say."""
    return lint(loaded, as_of, judgement, settings.selection_for, settings.baseline, settings.fail_on)


def lint_counts_by(settings: LintSettings, loaded: Loaded, as_of: date, judgement: Judgement) -> Counter[Severity]:
    """Count what the linter says of a judged agreement, by weight, without what was said while it was read."""
    plain = settings.baseline is None and not settings.configuration.per_file_ignores
    quick = counted(loaded, as_of, judgement, settings.selection_for(loaded.path)) if plain else None
    return added_by_rules(lint_by(settings, loaded, as_of, judgement)) if quick is None else quick


def added_by_rules(linted: Linted) -> Counter[Severity]:
    """Count the findings by weight that were not there when the files had been read."""
    told = {id(each) for each in linted.loaded.findings}
    return Counter(each.kind.severity for each in linted.findings if id(each) not in told)
