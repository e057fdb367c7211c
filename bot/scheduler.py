"""
The table of scheduled jobs. APScheduler is the clock and nothing else: jobs live in memory, are harmless to
repeat and ask the database what is due, so a restart forgets nothing and replicas do no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)

PLAN_MINUTES = 10
GRACE_SECONDS = 3600
"""How late a run may begin. The library's default of one second drops runs on a busy machine."""

Job = Callable[[], Awaitable[object]]


class Scheduler:
    """
    Runs the jobs at start and then at their times.

    The purge asks at each full hour whether it is due: a machine that was off at the hour of the purge is not
    left out that night.
    """

    def __init__(self, plan: Job, purge: Job, zone: ZoneInfo) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": GRACE_SECONDS, "coalesce": True, "max_instances": 1},
        )
        for name, job, trigger in (
            ("plan", plan, IntervalTrigger(minutes=PLAN_MINUTES, timezone=UTC)),
            ("purge", purge, CronTrigger(minute=0, timezone=zone)),
        ):
            self._scheduler.add_job(
                _guarded, trigger, args=[name, job], id=name, next_run_time=datetime.now(UTC)
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
    except SQLAlchemyError as error:  # its text may hold what people wrote
        log.warning("job %s failed: %s; it is tried again at its next time", name, type(error).__name__)
    except Exception:
        log.exception("job %s failed; it is tried again at its next time", name)
