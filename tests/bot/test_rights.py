"""The table of rights, walked."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest

from bot.rights import POSTS, PROVINCIAL, RIGHTS, Doing, Post, Seat, may, provinces

DOINGS: tuple[Doing, ...] = get_args(Doing)

SEATS: dict[Post, Seat] = {
    **{role: Seat(role, "TH-50") for role in PROVINCIAL},
    "acting_head": Seat("head", "TH-50", acting=True),
    "ministry": Seat("ministry", None),
    "curator": Seat("ministry", None, curator=True),
    "operator": Seat("operator", None),
}


def posts_of(post: Post) -> set[str]:
    """A curator is a ministry officer first."""
    return {"ministry", "curator"} if post == "curator" else {post}


@pytest.mark.parametrize("doing", DOINGS)
def test_a_guest_may_ask_and_nothing_else(doing: Doing) -> None:
    assert may((), doing) == may((), doing, "TH-50") == (doing == "ask")


@pytest.mark.parametrize(("post", "doing"), list(itertools.product(SEATS, DOINGS)))
def test_each_post_does_in_its_scope_what_the_table_says_and_no_more(post: Post, doing: Doing) -> None:
    row, seats = RIGHTS[doing], (SEATS[post],)
    anywhere = bool(posts_of(post) & set(row.anywhere))
    assert may(seats, doing, "TH-50") == (anywhere or bool(posts_of(post) & set(row.own)))
    assert may(seats, doing, "TH-49") == anywhere


def test_flags_mean_nothing_with_another_role_than_theirs() -> None:
    strange = Seat("officer", "TH-50", curator=True, acting=True)
    assert strange.posts == ("officer",)


@pytest.mark.parametrize("doing", ["answer_question", "curate"])
def test_questions_and_entries_belong_to_the_ministrys_curators_alone(doing: Doing) -> None:
    assert [post for post, seat in SEATS.items() if may((seat,), doing)] == ["curator"]


def test_recording_belongs_to_the_province_alone() -> None:
    assert not may((Seat("ministry", None),), "log_activity", "TH-50")
    assert may((Seat("officer", "TH-50"),), "log_activity", "TH-50")


def test_several_seats_add_up() -> None:
    seats = (Seat("officer", "TH-50"), Seat("head", "TH-49"), Seat("ministry", None))
    assert may(seats, "change_activity", "TH-49")
    assert provinces(seats) == ("TH-50", "TH-49")


def test_every_doing_stands_in_the_table_and_every_post_in_the_walk() -> None:
    assert set(RIGHTS) == set(DOINGS)
    assert set(SEATS) | {"guest"} == set(POSTS)


def test_an_acting_head_names_no_other_one() -> None:
    assert not may((SEATS["acting_head"],), "name_acting", "TH-50")
    assert may((SEATS["head"],), "name_acting", "TH-50")


# ------------------------------------------------------------------ the page about it

PAGE = Path(__file__).parent.parent.parent / "docs" / "rights.md"
HEADINGS: dict[str, Post] = {
    "guest": "guest",
    "officer": "officer",
    "head of group": "group_head",
    "head of office": "head",
    "acting head": "acting_head",
    "ministry": "ministry",
    "curator": "curator",
    "operator": "operator",
}


def written() -> dict[tuple[str, Post], str]:
    """The table of the page: doing and post, and what stands where they meet."""
    lines = [
        one.strip().strip("|").split("|") for one in PAGE.read_text("utf-8").splitlines() if one[:1] == "|"
    ]
    rows = [[cell.strip() for cell in line] for line in lines]
    heading, _rule, *body = rows
    assert all(what and thai for _, what, thai, *_ in body)
    posts = [HEADINGS[one] for one in heading[3:]]
    return {
        (row[0].strip("`"), post): cell for row in body for post, cell in zip(posts, row[3:], strict=True)
    }


def scope(doing: Doing, post: Post) -> str:
    seats = () if post == "guest" else (SEATS[post],)
    if may(seats, doing, "TH-49"):
        return "all"
    return "own" if may(seats, doing, "TH-50") else ""


def test_the_page_says_what_the_table_says() -> None:
    assert written() == {(doing, post): scope(doing, post) for doing in RIGHTS for post in POSTS}
