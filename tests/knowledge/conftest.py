"""A small knowledge base of its own, so that curators may change the real one without breaking tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.search import KnowledgeBase
from tests.support import shipped_knowledge

DATA = Path(__file__).parents[2] / "knowledge" / "data"
SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="session")
def packaged() -> KnowledgeBase:
    """The shipped base as a serving process has it."""
    return shipped_knowledge()


@pytest.fixture(scope="session")
def letters_only() -> KnowledgeBase:
    """The shipped base where the encoder is missing or not there yet."""
    return KnowledgeBase.load()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a data folder with the small entries; `edit` replaces a text in one of its files."""
    for name in ("topics.yaml", "synonyms.yaml", "thresholds.json", "background.txt"):
        shutil.copy(DATA / name, tmp_path / name)
    shutil.copytree(DATA / "documents", tmp_path / "documents")
    shutil.copytree(SMALL, tmp_path / "faq")

    def edit(file: str = "faq/kpi.yaml", old: str = "", new: str = "") -> Path:
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit


@pytest.fixture
def small(folder: Callable[..., Path]) -> KnowledgeBase:
    return KnowledgeBase.load(folder())
