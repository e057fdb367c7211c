"""
The direction of imports, read from the sources.

`storage` and `knowledge` know neither each other nor `bot`; within `bot` the pure parts know neither the
database nor a channel, and only the parts that put things together know `storage`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "knowledge", "storage")

PURE_PARTS = (
    "bot.file_names",
    "bot.settings",
    "bot.calendar",
    "bot.closed_days",
    "bot.health",
    "bot.qr",
    "bot.rights",
    "bot.splitting",
)

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "storage": ("storage",),
    "knowledge": ("knowledge",),
    **dict.fromkeys(PURE_PARTS, ()),
    "bot.clock": ("bot.calendar", "bot.closed_days"),
    "bot.escalation": ("bot.calendar",),
    "bot.matters": ("bot.calendar", "bot.escalation", "bot.reminders"),
    "bot.notices": ("bot.calendar", "bot.escalation", "bot.matters"),
    "bot.overviews": ("bot.calendar", "bot.escalation", "bot.matters", "bot.ramp", "bot.reminders"),
    "bot.ramp": ("bot.escalation", "bot.notices", "bot.reminders"),
    "bot.simulating": ("bot.calendar", "bot.escalation", "bot.ramp", "bot.reminders"),
    "bot.messages": ("bot.file_names",),
    "bot.language": ("bot.language", "knowledge.normalize"),
    "bot.media": (
        "bot.media",
        "bot.messages",
        "bot.file_names",
        "bot.language.secrecy",
        "knowledge.archives",
    ),
    "bot.texts": ("bot.texts", "bot.language"),
    "bot.reminders": ("bot.calendar",),
    "bot.dialogues": (
        "bot.dialogues",
        "bot.messages",
        "bot.calendar",
        "bot.media.look",
        "bot.escalation",
        "bot.matters",
        "bot.notices",
        "bot.ramp",
        "bot.qr",
        "bot.reminders",
        "bot.rights",
        "bot.splitting",
        "bot.language",
        "bot.texts",
        "knowledge",
    ),
    **dict.fromkeys(
        (
            *(
                "bot.registering.tables",
                "bot.registering.opening",
                "bot.registering.comma",
                "bot.registering.workbook",
            ),
            *(
                "bot.registering.fields",
                "bot.registering.headings",
                "bot.registering.faults",
                "bot.registering.values",
            ),
            *("bot.registering.matching", "bot.registering.reading", "bot.registering.reconciling"),
            *("bot.registering.ours", "bot.registering.checking", "bot.registering.exporting"),
            *("bot.registering.comparing", "bot.registering.report"),
        ),
        ("bot.registering", "bot.language", "knowledge"),
    ),
    "bot.channels": ("bot.channels", "bot.messages", "bot.file_names", "bot.splitting"),
}
"""What a module, or everything in a package, may import of ours."""

KNOW_STORAGE = (
    "storage",
    "bot.acting",
    "bot.assistant",
    "bot.audit_commands",
    "bot.bench",
    "bot.chasing",
    "bot.cli",
    "bot.command_line",
    "bot.curation",
    "bot.delivery",
    "bot.demo",
    "bot.effects",
    "bot.entry_views",
    "bot.facts",
    "bot.flagging",
    "bot.follow_ups",
    "bot.holding",
    "bot.holds_views",
    "bot.hosting",
    "bot.held",
    "bot.housekeeping",
    "bot.inbound",
    "bot.joining",
    "bot.joining_views",
    "bot.kb_commands",
    "bot.keeping_commands",
    "bot.live_knowledge",
    "bot.noticing",
    "bot.plan_facts",
    "bot.offices",
    "bot.offices_views",
    "bot.linking",
    "bot.live_knowledge",
    "bot.own_copy",
    "bot.live_registry",
    "bot.planning",
    "bot.posts",
    "bot.pump",
    "bot.recording",
    "bot.records",
    "bot.registering.applying",
    "bot.registering.stored",
    "bot.registry_commands",
    "bot.reminder_commands",
    "bot.relation",
    "bot.relation_views",
    "bot.reports",
    "bot.requesting",
    "bot.retention",
    "bot.saying",
    "bot.scheduler",
    "bot.service",
    "bot.serving",
    "bot.serving_views",
    "bot.sharing",
    "bot.staffing",
    "bot.standstill",
    "bot.telling",
)


def within(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of these or lies in one of them."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def imports_of(source: str, package: str) -> Iterator[str]:
    """
    Full names of all modules that a source imports, also inside functions and for types only.

    Args:
        source: Python text.
        package: The package that relative imports start from.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from bot import texts` may name a module or something in one: take the longer name.
            yield from (f"{module}.{alias.name}" for alias in node.names)


def modules() -> dict[str, list[str]]:
    """What each of our modules imports of ours."""
    found = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            inside = parts[:-1]
            name = ".".join(inside if parts[-1] == "__init__" else parts)
            names = imports_of(file.read_text(encoding="utf-8"), ".".join(inside))
            found[name] = [one for one in names if within(one, PACKAGES)]
    return found


MODULES = modules()


def test_every_package_is_read() -> None:
    assert {name.split(".")[0] for name in MODULES} == set(PACKAGES)
    assert any(within(one, ("storage.models",)) for one in MODULES["storage.outbox"])


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_it_may(part: str) -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, imports in MODULES.items()
        if within(module, (part,))
        for imported in imports
        if not within(imported, MAY_IMPORT[part])
    ]
    assert wrong == []


def test_only_the_parts_that_put_things_together_know_storage() -> None:
    wrong = [
        module
        for module, imports in MODULES.items()
        if not within(module, KNOW_STORAGE) and any(within(one, ("storage",)) for one in imports)
    ]
    assert wrong == []


def test_the_product_does_not_import_its_tests() -> None:
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            assert not any(within(one, ("tests",)) for one in imports_of(file.read_text("utf-8"), package)), (
                file
            )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import storage.models as m", ["storage.models"]),
        ("from storage import outbox, people", ["storage.outbox", "storage.people"]),
        ("from storage.models import Chat", ["storage.models.Chat"]),
        ("def f():\n    from storage import outbox", ["storage.outbox"]),
        ("if TYPE_CHECKING:\n    import storage", ["storage"]),
        ("from . import base", ["bot.dialogues.base"]),
        ("from .base import Draft", ["bot.dialogues.base.Draft"]),
        ("from ..texts import th", ["bot.texts.th"]),
        ("from .. import assistant", ["bot.assistant"]),
    ],
)
def test_imports_are_found_however_they_are_written(source: str, found: list[str]) -> None:
    assert list(imports_of(source, "bot.dialogues")) == found


@pytest.mark.parametrize(
    ("module", "package", "inside"),
    [("storage", "storage", True), ("storage.x", "storage", True), ("storages", "storage", False)],
)
def test_a_name_that_only_begins_alike_is_another_package(module: str, package: str, inside: bool) -> None:
    assert within(module, (package,)) is inside


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_versions_and_hashes_but_no_address(name: str) -> None:
    """They must install from whatever index the operator has."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^.*(?:[a-z+]+://|--index|--find-links|--extra-index).*$", text) == []
    assert "--hash=sha256:" in text
