"""All rules, in the order of the topics."""

from functools import cache
from importlib import import_module
from typing import Final

from coopctl.rules.rule import Rule

TOPICS: Final = (
    "parties",
    "term",
    "goals",
    "kpis",
    "thresholds",
    "responsibilities",
    "plan",
    "budget",
    "resources",
    "risks",
    "governance",
    "money",
    "law",
    "signatures",
    "exits",
    "figures",
    "style",
)
"""Modules of `coopctl.rules.topics`."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, by topic and in the order in which the topic's module has them."""
    modules = [import_module(f"coopctl.rules.topics.{topic}") for topic in TOPICS]
    return tuple(each for module in modules for each in vars(module).values() if isinstance(each, Rule))
