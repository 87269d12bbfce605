"""Agreements and ledgers that are written in every way in which YAML lets people write them."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[2]
TEXTS = (
    "Deliver together",
    "合作共赢，按时交付",
    "it's # no comment",
    'say "yes"',
    "a: b",
    "*no alias",
    "5 days",
    "- dash",
    "x" * 150,
)

AGREEMENT: dict[str, Any] = {
    "coopctl": "1",
    "id": "pact",
    "title": "Delivery pact",
    "version": "1.0.0",
    "parties": {
        "north": {"name": "North Example", "note": "text", "x-crm": {"b": "1", "a": "2"}},
        "港": {"name": "text"},
    },
    "term": {
        "start": "2026-01-01",
        "end": "2026-12-31",
        "renewal": {"mode": "automatic", "for": "1 years", "notice": "05 days"},
    },
    "goals": {
        "增长": {"statement": "text", "kpis": ["客户满意度"], "owner": "港", "due": "2026-06-30", "note": "text"}
    },
    "kpis": {
        "客户满意度": {
            "unit": "text",
            "direction": "higher-is-better",
            "frequency": "monthly",
            "aggregation": "mean",
            "baseline": {"value": "99.950", "source": "text"},
            "target": {"2026-07": "95", "2026-01": "90"},
            "report_within": "1 days",
            "thresholds": {
                "warn": [{"off_by_more_than": "5"}, {"off_by_more_than": "10%"}],
                "breach": {"worse_than": "80"},
            },
        }
    },
    "plan": {"milestones": {"b": {"name": "text", "due": "2026-05-01", "after": ["a"]}, "a": {"due": "2026-04-01"}}},
    "processes": {"start": {"steps": [{"do": "text", "within": "1 days", "output": "text"}, {"do": "text"}]}},
    "x-own": {"z": ["1", "2", {"k": "text"}], "a": "~"},
    "clauses": {"faith": {"title": "text", "text": "text"}},
}
LEDGER: dict[str, Any] = {
    "coopctl": "actuals/1",
    "kpis": {
        "客户满意度": {"2026-02": [{"value": "91.50", "recorded": "2026-03-01", "note": "text"}], "2026-01": "90"}
    },
    "milestones": {"a": {"started": "2026-03-01", "note": "text", "done": "2026-03-31"}},
    "events": [{"date": "2026-02-01", "kind": "incident", "note": "text"}],
    "x-source": "text",
}


class Hand:
    """Writes data as YAML in its own way; every comment is one of its kind."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._comments = 0
        self._anchor: str | None = None

    def text(self, data: dict[str, Any]) -> str:
        """Write a whole file."""
        random = self._random
        lines = [
            *self._noise(0),
            *(["---"] if random.random() < 0.2 else []),
            *self._block(data, random.choice([0, 0, 2])),
        ]
        lines += self._noise(0)
        text = "\n".join(lines) + random.choice(["", "\n", "\n", "\n\n\n"])
        text = text.replace("\n", random.choice(["\n", "\n", "\r\n"]))
        return random.choice(["", "", "\ufeff"]) + text

    def _noise(self, most: int) -> Iterator[str]:
        for _ in range(self._random.choice([0, 0, 0, 0, 1, 2])):
            blank = " " * self._random.choice([0, 0, 1])
            yield self._random.choice(["", blank, " " * self._random.randint(0, most) + self._comment()])

    def _comment(self) -> str:
        self._comments += 1
        return self._random.choice(["# {}", "#{}", "# 说明 {}: [x]", "# {} {{a: 'b"]).format(self._comments)

    def _beside(self) -> str:
        blanks = " " * self._random.choice([1, 1, 2, 12])
        return blanks + self._comment() if self._random.random() < 0.15 else self._random.choice(["", "", " "])

    def _shuffled(self, data: dict[str, Any]) -> list[tuple[str, Any]]:
        items = list(data.items())
        if self._random.random() < 0.6:
            self._random.shuffle(items)
        return items

    def _block(self, data: dict[str, Any], margin: int) -> Iterator[str]:
        step = self._random.choice([1, 2, 2, 3, 4])
        for key, value in self._shuffled(data):
            yield from self._noise(margin)
            written = key if key[0].isdigit() or self._random.random() < 0.9 else f'"{key}"'
            yield from self._under(
                " " * margin + written + self._random.choice(["", "", " "]) + ":", value, margin, step
            )

    def _under(self, prefix: str, value: Any, margin: int, step: int) -> Iterator[str]:
        gap = " " * self._random.choice([1, 1, 1, 3])
        chance = self._random.random()
        if isinstance(value, str):
            yield from self._scalar(prefix, gap, value, margin, step)
        elif chance < 0.25:
            yield f"{prefix}{gap}{self._flow(value)}{self._beside()}"
        elif chance < 0.4:
            yield from self._open_flow(prefix + gap, value, margin + step)
        else:
            yield prefix + self._beside()
            if isinstance(value, dict):
                yield from self._block(value, margin + step)
            else:
                yield from self._list(
                    value, margin + self._random.choice([0, step]) if prefix.strip()[0] != "-" else margin + step
                )

    def _list(self, items: list[Any], margin: int) -> Iterator[str]:
        for item in items:
            yield from self._noise(margin)
            if not isinstance(item, dict) or self._random.random() < 0.4:
                yield from self._under(" " * margin + "-", item, margin, 2)
                continue
            first, *rest = self._block(item, margin + 2)
            is_key = first.strip() and not first.lstrip().startswith("#")
            yield from [" " * margin + "- " + first[margin + 2 :]] if is_key else [" " * margin + "-", first]
            yield from rest

    def _scalar(self, prefix: str, gap: str, value: str, margin: int, step: int) -> Iterator[str]:
        if value != "text":
            if self._random.random() < 0.1:
                yield prefix + self._beside()
                yield " " * (margin + step) + value + self._beside()
            else:
                yield f"{prefix}{gap}{value}{self._beside()}"
            return
        inner = " " * (margin + step)
        match self._random.randint(0, 6):
            case 0:
                yield f"{prefix}{gap}{self._random.choice(['|', '>', '|-', '>-', '|+'])}{self._beside()}"
                yield from (f"{inner}first # part", f"{inner}   more", "", f"{inner}last: line")
            case 1:
                yield f"{prefix}{gap}plain words that go"
                yield from (f"{inner}  on here", "", f"{inner}and end{self._beside()}")
            case 2:
                yield f'{prefix}{gap}"in quotes \\'
                yield from (f"{inner}\\  and on, ", f'{inner}and on"{self._beside()}')
            case 3:
                yield f"{prefix}{gap}|2"
                yield f"{' ' * (margin + 2)} indented"
            case 4 if self._anchor is None:
                self._anchor = "here"
                yield f"{prefix}{gap}&here Shared words{self._beside()}"
            case 4 | 5 if self._anchor is not None:
                yield f"{prefix}{gap}*here{self._beside()}"
            case _:
                yield f"{prefix}{gap}{self._quoted(self._random.choice(TEXTS))}{self._beside()}"

    def _quoted(self, text: str) -> str:
        return (
            "'" + text.replace("'", "''") + "'" if self._random.random() < 0.5 else '"' + text.replace('"', '\\"') + '"'
        )

    def _flow(self, value: Any) -> str:
        blank, comma = self._random.choice(["", "", " "]), self._random.choice([", ", ",", " , "])
        if isinstance(value, str):
            return self._quoted(self._random.choice(TEXTS)) if value == "text" else value
        if isinstance(value, list):
            return f"[{blank}{comma.join(map(self._flow, value))}{blank}]"
        colon = self._random.choice([": ", ":  ", " : "])
        return (
            f"{{{blank}{comma.join(f'{key}{colon}{self._flow(each)}' for key, each in self._shuffled(value))}{blank}}}"
        )

    def _open_flow(self, prefix: str, value: Any, margin: int) -> Iterator[str]:
        """Write brackets over several lines."""
        pairs = self._shuffled(value) if isinstance(value, dict) else [("", each) for each in value]
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        line = prefix + opening
        if self._random.random() < 0.5:
            yield line + self._beside()
            line = ""
        for number, (key, each) in enumerate(pairs):
            colon = ": " if key else ""
            piece = f"{key}{colon}{self._flow(each)}" + ("," if number < len(pairs) - 1 else "")
            line = (line or " " * (margin + self._random.randint(0, 3))) + piece + " "
            if self._random.random() < 0.6:
                yield line + self._beside().lstrip(" ")
                yield from self._noise(margin)
                line = ""
        yield (line or " " * margin) + closing + self._beside()
