"""A lexicon of which a few pairings changed is the one that is made of them from the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import names
from bot.language.finding import find
from bot.language.name_index import NameIndex
from bot.language.names import Lexicon, PairingNames
from tests.bot.language.lexicons import (
    real_countries,
    real_lexicon,
    real_pairings,
    real_places,
    real_provinces,
    real_types,
)

PAIRINGS = real_pairings()
NAMES = ("เชียงราย", "นครซูโจว", "โอกินาวา", "ซานซี", "Nice", "เฉิงตู", "แขวงคำม่วน", "ฮา")


def made(pairings: Sequence[PairingNames]) -> Lexicon:
    return Lexicon.build(real_provinces(), pairings, real_types(), real_countries(), real_places())


def contents(index: NameIndex) -> dict[str, Any]:
    return {
        "names": {key: frozenset(kinds) for key, kinds in index.names.items()},
        "alike": {at: frozenset(keys) for at, keys in index._alike.items() if keys},
        "lengths": {
            (head, length)
            for head, lengths in index._lengths.items()
            for length in lengths
            if any(key[:4] == head and len(key) == length for key in index.names)
        },
    }


def everything(lexicon: Lexicon) -> dict[str, Any]:
    whole = lexicon.whole
    return {
        "pairings": lexicon.pairings,
        "written": contents(lexicon._written),
        "heard": contents(lexicon._heard),
        "ear": contents(whole._ear),
        "ordered": whole._ordered,
        "with": whole.pairings_with,
        "of": whole.pairings_of,
        "countries": whole.countries_of,
        "places": whole._places,
    }


def of_partner(pairings: Sequence[PairingNames], partner: str, **changes: Any) -> list[PairingNames]:
    """A partner's names are the same in all of its pairings."""
    return [replace(one, **changes) if one.partner_id == partner else one for one in pairings]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("away", "named", "called", "new")),
        st.sampled_from(PAIRINGS),
        st.sampled_from(NAMES),
        st.sampled_from(("TH-10", "TH-50", "TH-90")),
    ),
    min_size=1,
    max_size=4,
)


@given(CHANGES)
@settings(max_examples=12, deadline=None)
def test_what_is_changed_step_by_step_is_as_if_made_anew(
    changes: list[tuple[str, PairingNames, str, str]],
) -> None:
    pairings, lexicon = list(PAIRINGS), real_lexicon()
    for number, (what, one, name, province) in enumerate(changes):
        if what == "away":
            pairings = [other for other in pairings if other.id != one.id]
        elif what == "named":
            pairings = of_partner(pairings, one.partner_id, partner_th=name)
        elif what == "called":
            pairings = of_partner(pairings, one.partner_id, aliases=(name,))
        else:
            new = replace(one, id=f"new-{number}", province_code=province, partner_th=name, partner_id=name)
            pairings = [*pairings, new]
        lexicon = lexicon.with_pairings(pairings)
    assert everything(lexicon) == everything(made(pairings))


def test_a_new_name_is_found_and_the_old_one_no_more() -> None:
    before = real_lexicon()
    renamed = before.with_pairings(of_partner(PAIRINGS, "chengdu", partner_th="นครบ้านใหม่", aliases=()))
    assert [one.id for one in find("บ้านใหม่", renamed, home="TH-50").choices] == ["50-chengdu"]
    assert "50-chengdu" not in [one.id for one in find("บ้านใหม่", before, home="TH-50").choices]
    assert [one.id for one in find("เฉิงตู", before, home="TH-50").choices] == ["50-chengdu"]
    assert "50-chengdu" not in [one.id for one in find("เฉิงตู", renamed, home="TH-50").choices]


def test_the_lexicon_stays_when_nothing_changed() -> None:
    assert real_lexicon().with_pairings([replace(one) for one in PAIRINGS]) is real_lexicon()


def test_a_few_changes_touch_only_themselves(monkeypatch: Any) -> None:
    def build(*_: Any) -> Lexicon:
        raise AssertionError("all was made anew")

    lexicon = real_lexicon()
    monkeypatch.setattr(names.Lexicon, "build", build)
    assert lexicon.with_pairings(of_partner(PAIRINGS, "chengdu", aliases=("ชื่อใหม่",))) is not lexicon


def test_many_changes_make_it_anew() -> None:
    renamed = [replace(one, aliases=("ชื่อใหม่",)) for one in PAIRINGS]
    assert everything(real_lexicon().with_pairings(renamed)) == everything(made(renamed))
