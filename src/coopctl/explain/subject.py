"""From what the user named to the verdict that is explained."""

from coopctl.errors import CoopctlError
from coopctl.evaluate.judgement import latest_judged
from coopctl.evaluate.periods import days_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Judgement, Verdict
from coopctl.explain.kpi import kpi_steps
from coopctl.explain.plan import budget_steps, milestone_steps
from coopctl.explain.steps import Citing, Explanation
from coopctl.explain.trigger import trigger_steps
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import PeriodKey

_STEPS = {"kpi": kpi_steps, "milestone": milestone_steps, "budget": budget_steps}


def explanation(
    loaded: Loaded, agreement: Agreement, judgement: Judgement, subject: str, period: PeriodKey | None
) -> Explanation:
    """Explain a subject: its dotted name, or its id where that is unambiguous.

    Without a period a KPI is explained for the latest one that was judged. Raises `CoopctlError` where the subject
    or the period is not there.
    """
    setting = Setting.of(agreement, loaded.ledger, judgement.as_of)
    cite = Citing(loaded)
    dotted = _resolved(agreement, judgement, subject)
    if dotted.startswith("exit.triggers."):
        if period is not None:
            raise CoopctlError(f"{dotted} is judged as a whole; leave out @{period}")
        trigger_id = dotted.removeprefix("exit.triggers.")
        steps = tuple(trigger_steps(setting, judgement, trigger_id, cite))
        return Explanation(dotted, f"{trigger_id}, as of {judgement.as_of}", steps)
    verdict = _verdict(setting, judgement, dotted, period)
    when = f"@{verdict.period.key}" if verdict.period else ""
    steps = tuple(_STEPS[verdict.kind](setting, verdict, cite))
    return Explanation(f"{dotted}{when}", f"{verdict.name}, as of {judgement.as_of}", steps)


def _resolved(agreement: Agreement, judgement: Judgement, subject: str) -> str:
    known = dict.fromkeys(verdict.subject for verdict in judgement.verdicts)
    known |= dict.fromkeys(f"exit.triggers.{each}" for each in (agreement.exit.triggers if agreement.exit else {}))
    if subject in known:
        return subject
    ending = [each for each in known if each.endswith(f".{subject}")]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise CoopctlError(f"{subject} is the name of {' and '.join(ending)}; write which one")
    remedy = did_you_mean(subject, [*known, *(each.rpartition(".")[2] for each in known)])
    raise CoopctlError(f"nothing that is judged is called {subject}; {remedy}")


def _verdict(setting: Setting, judgement: Judgement, subject: str, period: PeriodKey | None) -> Verdict:
    found = [verdict for verdict in judgement.verdicts if verdict.subject == subject]
    if found[0].kind != "kpi":
        if period is not None:
            raise CoopctlError(f"{subject} is judged as a whole; leave out @{period}")
        return found[0]
    if period is None:
        return latest_judged(found) or found[-1]
    wanted = days_of(period, setting.year_starts)
    for verdict in found:
        if verdict.period is not None and verdict.period.whole == wanted:
            return verdict
    keys = [verdict.period.key for verdict in found if verdict.period]
    raise CoopctlError(
        f"{subject} has no verdict for {period} as of {judgement.as_of}; it is judged for {keys[0]} to {keys[-1]}"
    )
