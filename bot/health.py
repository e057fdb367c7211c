"""Whether the planning of reminders runs: the one judgement for the operator, a watcher and the ministry."""

from __future__ import annotations

from datetime import datetime, timedelta

PLAN_OVERDUE = timedelta(hours=26)
"""A day and two hours: the plan runs far more often, so this is no late one but none at all."""


def is_healthy(last_plan: datetime | None, now: datetime) -> bool:
    """Both aware. A database in which nothing was ever planned is new, and not ill."""
    return last_plan is None or now - last_plan <= PLAN_OVERDUE


def planning_fault(last_plan: datetime | None, now: datetime) -> str | None:
    """What `status` and `/health` say; None while planning runs."""
    if last_plan is None or is_healthy(last_plan, now):
        return None
    return f"reminders were last planned {last_plan.isoformat(timespec='seconds')}"
