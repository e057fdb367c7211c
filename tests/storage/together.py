"""Runs functions at the same moment, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")

AT_MOST = 30.0
"""Seconds before threads that wait for each other are given up."""


def together(*functions: Callable[[], Result]) -> list[Result]:
    """The results, in the order of the functions; the first exception is raised."""
    start = Barrier(len(functions))

    def run(function: Callable[[], Result]) -> Result:
        start.wait(AT_MOST)
        return function()

    with ThreadPoolExecutor(len(functions)) as pool:
        return [running.result(AT_MOST) for running in [pool.submit(run, each) for each in functions]]
