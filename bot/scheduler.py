"""
The table of scheduled jobs. APScheduler is the clock and nothing else: jobs live in memory, are harmless to
repeat and ask the database what is due, so a restart forgets nothing and replicas do no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

PLAN_MINUTES = 10
HOUSEKEEPING_MINUTES = 60
GRACE_SECONDS = 3600
"""How late a run may begin. The library's default of one second drops runs on a busy machine."""

Job = Callable[[], Awaitable[object]]


class Scheduler:
    """Runs the plan and the housekeeping at start and then at their intervals."""

    def __init__(self, plan: Job, housekeeping: Job) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": GRACE_SECONDS, "coalesce": True, "max_instances": 1},
        )
        for name, job, minutes in (
            ("plan", plan, PLAN_MINUTES),
            ("housekeeping", housekeeping, HOUSEKEEPING_MINUTES),
        ):
            self._scheduler.add_job(
                _guarded,
                IntervalTrigger(minutes=minutes, timezone=UTC),
                args=[name, job],
                id=name,
                next_run_time=datetime.now(UTC),
            )

    def start(self) -> None:
        """Start on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


async def _guarded(name: str, job: Job) -> None:
    """A job that fails is logged and runs again at its next time."""
    try:
        await job()
    except asyncio.CancelledError:
        raise
    except Exception:
        log.exception("job %s failed", name)
