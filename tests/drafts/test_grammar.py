"""Generated YAML: whatever is put into it, nothing of what it said is lost, and no sign of what was written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.errors import CoopctlError
from tests.drafts.operations import OPERATIONS, Operation, changed, is_kept, said_by

scalars = st.sampled_from(
    ["90", "-1.5", '"a: b"', "'it''s'", "plain text", "好的，收到", "60%", '"# no comment"', "2026-01-01"]
)
comments = st.sampled_from(["", "", "", "  # why", " #x", "\t# tab", "  "])
between = st.sampled_from(["", "", "", "\n", "# at the margin\n", "      # deep\n", "\n\n", " # one\n\n"])
pilots = st.sampled_from([" {done: 2026-05-09}", ""])
periods = st.sampled_from(["2026-03", "2026-04", '"2026-05"', "2026-05", "2026-05 "])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A mapping in braces, on one line or on several."""
    gap = draw(st.sampled_from([" ", "\n          ", " # said\n          "]))
    pairs = [f"{name}: {draw(scalars)}" for name in draw(st.sampled_from([["value"], ["value", "note"]]))]
    return "{" + f",{gap}".join(pairs) + draw(st.sampled_from(["", ",", " , ", "\n        "])) + "}"


@st.composite
def figures(draw: st.DrawFn, margin: int) -> str:
    """What stands for a period, from its colon to the end of its line."""
    deeper = " " * (margin + draw(st.sampled_from([1, 2, 4])))
    end = draw(comments) + "\n"
    kind = draw(st.sampled_from(["scalar", "scalar", "entry", "block", "list", "text", "below", "flow list", "none"]))
    if kind == "scalar":
        return f" {draw(scalars)}{end}"
    if kind == "entry":
        return f" {draw(entries())}{end}"
    if kind == "flow list":
        return f" [{draw(scalars)}, {draw(entries())}]{end}"
    if kind == "none":
        return draw(st.sampled_from(["", " []", " {}", " ~"])) + end
    if kind == "below":
        return f"{draw(comments)}\n{deeper}{draw(scalars)}{end}"
    if kind == "block":
        return f"{end}{deeper}value: {draw(scalars)}{end}{draw(between)}{deeper}note: {draw(scalars)}{end}"
    if kind == "list":
        return f"{end}{deeper}- {draw(scalars)}{end}{draw(between)}{deeper}- {draw(entries())}{end}"
    sign = draw(st.sampled_from(["|", "|-", "|+", ">", ">-", ">+"]))
    last = draw(st.sampled_from(["", "\n", "\n\n"]))
    return f"{draw(comments)}\n{deeper}value: 1\n{deeper}note: {sign}{end}{deeper}  text\n\n{deeper}    more\n{last}"


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    """A ledger that can be read, or nearly."""
    text = draw(st.sampled_from(["", "---\n", "\ufeff"])) + draw(between) + "coopctl: actuals/1" + draw(comments) + "\n"
    outer = draw(st.sampled_from([1, 2, 4]))
    inner = outer + draw(st.sampled_from([1, 2, 4]))
    text += f"kpis:{draw(comments)}\n"
    for name in draw(st.lists(st.sampled_from(["csat", "delay", "客户"]), min_size=1, unique=True)):
        text += f"{draw(between)}{' ' * outer}{name}:{draw(comments)}\n"
        for period in draw(st.lists(periods, min_size=1, max_size=2, unique_by=lambda each: each.strip(' "'))):
            text += f"{draw(between)}{' ' * inner}{period}:{draw(figures(inner))}"
    if draw(st.booleans()):
        text += f"{draw(between)}events:{draw(figures(0))}"
    if draw(st.booleans()):
        text += f"{draw(between)}milestones:\n  pilot:{draw(pilots)}{draw(comments)}\n"
    text += draw(between)
    text = draw(st.sampled_from([text, text, text.removesuffix("\n"), text + "...\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


@settings(max_examples=120, deadline=None)
@given(ledgers(), st.lists(st.sampled_from(OPERATIONS), min_size=1, max_size=3))
def test_what_was_there_stays_and_what_was_put_there_comes(text: str, operations: list[Operation]) -> None:
    try:
        draft = YamlDraft("ledger.yaml", text)
    except CoopctlError:
        return
    assert draft.text == text
    for operation in operations:
        before = draft.text
        said = said_by(before)
        try:
            operation.act(draft)
        except CoopctlError as error:
            assert "\n" not in str(error)
            assert draft.text == before
            continue
        assert said_by(draft.text) == changed(said, operation.path, operation.meant)
        if operation.name != "put milestones.pilot.done":
            assert is_kept(before, draft.text)
