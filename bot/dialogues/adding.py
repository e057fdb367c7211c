"""
What the provinces said of their lists, for the ministry to act on: pairings that are missing, and that are none.

A pairing is added with its partner, one that is there or a new one with its country, with stage and source.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogues.base import (
    MOST_SOURCE,
    Facts,
    Intent,
    PairingView,
    Talk,
    Turn,
    choice,
    quiet,
    rows_of,
    shortened,
    too_long,
)
from bot.dialogues.fact_questions import go_on
from bot.dialogues.fact_values import MOST_NAME
from bot.dialogues.relation_facts import (
    NOT_A_PAIRING,
    Adding,
    Change,
    CountryView,
    ReopenList,
    SettleMark,
    SettleMissing,
)
from bot.dialogues.reviewing import for_the_ministry
from bot.language.finding import find
from bot.language.spelling import squash_name
from bot.language.text import clean
from bot.messages import Choice, Reply

PAGE = 8
MOST_OFFERED = 4
PROVINCE, PARTNER, ENGLISH, COUNTRY = "add_province", "add_partner", "add_english", "add_country"
MARK_REASON, MISSING_REASON = "mark_reason", "missing_reason"
ASKED = (PROVINCE, PARTNER, ENGLISH, COUNTRY)
"""Open fields of a pairing that is being added."""


# ------------------------------------------------------------------ what the provinces miss


@for_the_ministry
def missing(facts: Facts, intent: Intent) -> Turn:
    """The names, by province."""
    t, page, found = facts.t, int(intent.args.get("page", 0)), facts.relation.missing
    shown = found[page * PAGE : (page + 1) * PAGE]
    rows = [
        (
            choice(
                shortened(f"{facts.registry.provinces[one.province]} · {one.name}", 58),
                "review.missing_one",
                province=one.province,
                listed=one.name,
            ),
        )
        for one in shown
    ]
    text = t.missing_named(len(found)) if found else t.NOTHING_MISSING
    last = [choice(t.BACK, "review")]
    if len(found) > (page + 1) * PAGE:
        last.append(choice(t.NEXT_PAGE, "review.missing", page=page + 1))
    return quiet(facts, Reply(text, title=t.MISSING_PAIRINGS, rows=(*rows, tuple(last))))


@for_the_ministry
def missing_one(facts: Facts, intent: Intent) -> Turn:
    t, province, name = facts.t, str(intent.args["province"]), str(intent.args["listed"])
    if not any((one.province, one.name) == (province, name) for one in facts.relation.missing):
        return quiet(facts, Reply(t.MISSING_SETTLED, rows=((choice(t.REVIEW, "review"),),)))
    args = {"province": province, "listed": name}
    rows = (
        (choice(t.ADD_PAIRING, "add.begin", **args), choice(t.DO_NOT_ADD_PAIRING, "missing.why", **args)),
        (choice(t.BACK, "review.missing"),),
    )
    text = t.province_misses(facts.registry.provinces[province], name)
    return quiet(facts, Reply(text, title=t.MISSING_PAIRINGS, rows=rows))


@for_the_ministry
def why_not_added(facts: Facts, intent: Intent) -> Turn:
    province, name = str(intent.args["province"]), str(intent.args["listed"])
    talk = facts.talk.adds(Adding(province=province, listed=name)).asks(MISSING_REASON, province)
    back = ((choice(facts.t.BACK, "review.missing"),),)
    return Turn(talk, (Reply(facts.t.WHY_NOT_ADDED, rows=back, numbered=False),))


@for_the_ministry
def take_missing_reason(facts: Facts, intent: Intent) -> Turn:
    adding, reason = facts.talk.adding, str(intent.args["text"]).strip()
    if adding is None or adding.listed is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    if longer := too_long(facts, reason, MOST_SOURCE):
        return longer
    command = SettleMissing(adding.province, adding.listed, reason)
    return Turn(facts.talk, command=command, then=lambda facts, done: _settled(facts, done))


def _settled(facts: Facts, done: Any) -> Turn:
    t = facts.t
    text = t.PROVINCE_TOLD if done else t.MISSING_SETTLED
    rows = ((choice(t.REVIEW, "review"),),)
    return Turn(facts.talk.adds(None).asks(), (Reply(text, rows=rows, edits=True),))


# ------------------------------------------------------------------ what the provinces say is none of theirs


@for_the_ministry
def marked(facts: Facts, intent: Intent) -> Turn:
    t, page = facts.t, int(intent.args.get("page", 0))
    found = [one for one in facts.registry.pairings.values() if one.verdict == "wrong" and not one.dismissed]
    found.sort(key=lambda one: one.label)
    shown = found[page * PAGE : (page + 1) * PAGE]
    rows = [(choice(one.label, "review.marked_one", pairing=one.id),) for one in shown]
    last = [choice(t.BACK, "review")]
    if len(found) > (page + 1) * PAGE:
        last.append(choice(t.NEXT_PAGE, "review.marked", page=page + 1))
    text = t.marked_count(len(found)) if found else t.NOTHING_MARKED
    return quiet(facts, Reply(text, title=t.MARKED_WRONG, rows=(*rows, tuple(last))))


def _marked(facts: Facts, intent: Intent) -> PairingView | Turn:
    """The pairing if the mark still waits."""
    pairing = facts.registry.pairings.get(str(intent.args.get("pairing") or facts.talk.subject))
    if pairing is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if pairing.verdict != "wrong" or pairing.dismissed:
        return quiet(facts, Reply(facts.t.MARK_SETTLED, rows=((choice(facts.t.REVIEW, "review"),),)))
    return pairing


@for_the_ministry
def marked_one(facts: Facts, intent: Intent) -> Turn:
    """It ended, it never was one, or it is one; the first two are a stage, and want a source as any fact."""
    found = _marked(facts, intent)
    if isinstance(found, Turn):
        return found
    t = facts.t

    def ended(label: str, note: str | None) -> Choice:
        return choice(label, "fact.set", pairing=found.id, field="stage", value="ended", note=note)

    rows = (
        (ended(t.IT_ENDED, None), ended(t.IT_IS_NONE, NOT_A_PAIRING)),
        (choice(t.IT_IS_ONE, "mark.why", pairing=found.id),),
        (choice(t.SHOW_PAIRING, "pairing.show", pairing=found.id), choice(t.BACK, "review.marked")),
    )
    text = t.province_marked(found.province, t.stage(found))
    return quiet(facts, Reply(text, title=found.label, rows=rows))


@for_the_ministry
def why_it_is_one(facts: Facts, intent: Intent) -> Turn:
    found = _marked(facts, intent)
    if isinstance(found, Turn):
        return found
    back = ((choice(facts.t.BACK, "review.marked_one", pairing=found.id),),)
    asked = Reply(facts.t.WHY_IT_IS_ONE, title=found.label, rows=back, numbered=False)
    return Turn(facts.talk.asks(MARK_REASON, found.id), (asked,))


@for_the_ministry
def take_mark_reason(facts: Facts, intent: Intent) -> Turn:
    found, reason = _marked(facts, intent), str(intent.args["text"]).strip()
    if isinstance(found, Turn):
        return found
    if longer := too_long(facts, reason, MOST_SOURCE):
        return longer
    return Turn(
        facts.talk, command=SettleMark(found.id, reason), then=lambda facts, done: _settled(facts, done)
    )


# ------------------------------------------------------------------ adding a pairing


@for_the_ministry
def ask_province(facts: Facts, _intent: Intent) -> Turn:
    cancel = ((choice(facts.t.CANCEL, "add.drop"),),)
    asked = Reply(facts.t.WHICH_PROVINCE, title=facts.t.ADD_PAIRING, rows=cancel, numbered=False)
    return Turn(facts.talk.asks(PROVINCE), (asked,))


@for_the_ministry
def take_province(facts: Facts, intent: Intent) -> Turn:
    """A province by its name; what could be several is asked."""
    found = facts.registry.lexicon.resolve_province(str(intent.args["text"]))
    if not found:
        return Turn(facts.talk, (Reply(facts.t.PROVINCE_NOT_READ, numbered=False),))
    if len(found) == 1:
        return begin(facts, Intent("add.begin", {"province": found[0]}))
    names = facts.registry.provinces
    buttons = [choice(names[code], "add.begin", province=code) for code in found[:MOST_OFFERED]]
    return Turn(facts.talk, (Reply(facts.t.WHICH_PROVINCE, rows=rows_of(buttons), numbered=False),))


@for_the_ministry
def begin(facts: Facts, intent: Intent) -> Turn:
    """Which partner: the name that the province gave is looked up at once."""
    province = str(intent.args["province"])
    if province not in facts.registry.provinces:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    listed = intent.args.get("listed")
    adding = Adding(province=province, listed=str(listed) if listed else None)
    talk = facts.talk.sends(adding.pairing, "stage").adds(adding)
    return (
        _which_partner(facts, adding, listed) if listed else _ask(facts, talk, PARTNER, facts.t.WHICH_PARTNER)
    )


def _ask(facts: Facts, talk: Talk, asking: str, text: str, *rows: tuple[Choice, ...]) -> Turn:
    province = talk.adding.province if talk.adding else None
    title = facts.t.adding_to(facts.registry.provinces[province]) if province else facts.t.ADD_PAIRING
    cancel = (choice(facts.t.CANCEL, "add.drop"),)
    reply = Reply(text, title=title, rows=(*rows, cancel), numbered=False)
    return Turn(talk.asks(asking, province), (reply,))


@for_the_ministry
def take_partner(facts: Facts, intent: Intent) -> Turn:
    adding = facts.talk.adding
    if adding is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    name = " ".join(clean(str(intent.args["text"])).split())
    if len(name) > MOST_NAME or not any(one.isalpha() for one in name):
        return _ask(facts, facts.talk, PARTNER, facts.t.text_too_long(MOST_NAME))
    return _which_partner(facts, adding, name)


def _which_partner(facts: Facts, adding: Adding, name: str) -> Turn:
    """Partners that the name can mean, and that it is a new one: never guessed."""
    adding = adding.model_copy(update={"name_th": name, "partner": None})
    talk = facts.talk.adds(adding)
    offered = _partners_of(facts, name)
    rows = [(choice(_partner_label(facts, one), "add.partner", partner=one.partner_id),) for one in offered]
    rows.append((choice(facts.t.IT_IS_A_NEW_PARTNER, "add.new_partner"),))
    text = facts.t.which_partner_of(name) if offered else facts.t.no_partner_of(name)
    return _ask(facts, talk, PARTNER, text, *rows)


def _partners_of(facts: Facts, name: str) -> list[PairingView]:
    """One pairing of each partner that the name can mean."""
    registry = facts.registry
    found = find(name, registry.lexicon, home=None)
    ids = [registry.pairings[one.id].partner_id for one in found.choices if one.kind == "pairing"]
    ids += [one.id for one in found.choices if one.kind == "partner"]
    by_partner = {one.partner_id: one for one in registry.pairings.values()}
    return [by_partner[one] for one in dict.fromkeys(ids) if one in by_partner][:MOST_OFFERED]


def _partner_label(facts: Facts, pairing: PairingView) -> str:
    t = facts.t
    return f"{t.name(pairing.partner, pairing.partner_en)} ({t.name(pairing.country, pairing.country_en)})"


@for_the_ministry
def set_partner(facts: Facts, intent: Intent) -> Turn:
    """A partner that is there; where the province has it already, that pairing is shown."""
    adding, partner = facts.talk.adding, str(intent.args["partner"])
    known = next((one for one in facts.registry.pairings.values() if one.partner_id == partner), None)
    if adding is None or known is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    there = facts.registry.pairings.get(f"{adding.province[-2:]}-{partner}")
    if there is not None:
        rows = ((choice(there.label, "pairing.show", pairing=there.id),),)
        return Turn(facts.talk.asks(), (Reply(facts.t.PAIRING_IS_THERE, rows=rows),))
    chosen = adding.model_copy(update={"partner": partner, "name_th": known.partner, "name_en": None})
    return _stage(facts, chosen)


@for_the_ministry
def new_partner(facts: Facts, _intent: Intent) -> Turn:
    if facts.talk.adding is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    return _ask(facts, facts.talk, ENGLISH, facts.t.WHICH_ENGLISH_NAME)


@for_the_ministry
def take_english(facts: Facts, intent: Intent) -> Turn:
    """The English name, of which the id is made."""
    adding = facts.talk.adding
    name = " ".join(clean(str(intent.args["text"])).split())
    if adding is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    latin = any("a" <= one <= "z" for one in name.casefold())
    if not latin or len(name) > MOST_NAME:
        return _ask(facts, facts.talk, ENGLISH, facts.t.ENGLISH_NAME_NOT_READ)
    talk = facts.talk.adds(adding.model_copy(update={"name_en": name}))
    return _ask(facts, talk, COUNTRY, facts.t.WHICH_COUNTRY)


@for_the_ministry
def take_country(facts: Facts, intent: Intent) -> Turn:
    adding = facts.talk.adding
    if adding is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    found = _countries_of(facts, str(intent.args["text"]))
    if len(found) == 1:
        return _stage(facts, adding.model_copy(update={"country": found[0].code}))
    rows = rows_of(
        [
            choice(facts.t.name(one.name, one.name_en), "add.country", country=one.code)
            for one in found[:MOST_OFFERED]
        ]
    )
    text = facts.t.WHICH_COUNTRY if found else facts.t.COUNTRY_NOT_READ
    return _ask(facts, facts.talk, COUNTRY, text, *rows)


@for_the_ministry
def set_country(facts: Facts, intent: Intent) -> Turn:
    adding = facts.talk.adding
    if adding is None:
        return quiet(facts, Reply(facts.t.CHANGE_GONE))
    return _stage(facts, adding.model_copy(update={"country": str(intent.args["country"])}))


def _countries_of(facts: Facts, text: str) -> list[CountryView]:
    said = squash_name(clean(text).removeprefix("ประเทศ").strip())
    return [one for one in facts.relation.countries if said in {squash_name(clean(n)) for n in one.names}]


def _stage(facts: Facts, adding: Adding) -> Turn:
    """From here on as for any fact: stage, when it was reached, source."""
    facts = replace(facts, talk=facts.talk.adds(adding))
    begun = facts.talk.change_of(adding.pairing, "stage")
    return go_on(facts, begun or Change(pairing=adding.pairing, field="stage"))


@for_the_ministry
def drop(facts: Facts, _intent: Intent) -> Turn:
    adding = facts.talk.adding
    talk = facts.talk.sends(adding.pairing, "stage") if adding else facts.talk
    rows = ((choice(facts.t.REVIEW, "review"),),)
    return Turn(talk.adds(None).asks(), (Reply(facts.t.CHANGE_DROPPED, rows=rows, edits=True),))


# ------------------------------------------------------------------ a confirmed list


def reopen(facts: Facts, intent: Intent) -> Turn:
    """A list that was confirmed waits for its province again."""
    province = str(intent.args["province"])
    if province not in facts.registry.provinces:
        return quiet(facts, Reply(facts.t.NOT_FOUND))

    def then(facts: Facts, done: Any) -> Turn:
        t = facts.t
        if done is None:
            return quiet(facts, Reply(t.NOT_FOUND))
        text = t.list_reopened(facts.registry.provinces[province])
        rows = ((choice(t.PAIRINGS, "find.among", province=province),),)
        return quiet(facts, Reply(text, rows=rows, edits=True))

    return Turn(facts.talk, command=ReopenList(province), then=then)
