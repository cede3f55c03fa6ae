from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import islice
from random import Random

import pytest

from checkin_tui.demo.people import UNITS, VILLAGES, SamplePerson, branches, note_texts, population, topics
from checkin_tui.domain.imports import CODE_LIMIT, NAME_LIMIT
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.sessions import SessionKind
from checkin_tui.domain.text import clean, clean_lines

SEEDS = range(12)


@pytest.fixture(params=SEEDS)
def people(request: pytest.FixtureRequest) -> tuple[SamplePerson, ...]:
    return population(Random(request.param))


def test_one_seed_is_one_population_and_another_seed_another() -> None:
    assert population(Random(7)) == population(Random(7))
    assert population(Random(7)) != population(Random(8))
    assert branches(population(Random(7))) == branches(population(Random(7)))
    assert list(islice(note_texts(Random(7)), 50)) == list(islice(note_texts(Random(7)), 50))


def test_there_are_320_people_in_24_villages_and_6_units(people: tuple[SamplePerson, ...]) -> None:
    assert (len(people), len(VILLAGES), len(UNITS)) == (320, 24, 6)
    assert Counter(person.branch for person in people) == VILLAGES | UNITS


def test_codes_are_four_digits_in_order_whatever_the_seed(people: tuple[SamplePerson, ...]) -> None:
    assert [person.code for person in people] == [f"{number:04d}" for number in range(1, 321)]


def test_the_same_code_sits_in_the_same_branch_whatever_the_seed() -> None:
    places = {
        tuple((person.code, person.branch, person.leader) for person in population(Random(seed))) for seed in SEEDS
    }
    assert len(places) == 1


def test_exactly_two_people_are_called_the_same_and_sit_apart(people: tuple[SamplePerson, ...]) -> None:
    twice = [name for name, count in Counter(person.name for person in people).items() if count > 1]
    assert twice == ["Zhang Wei"]
    twins = [person for person in people if person.name == "Zhang Wei"]
    assert len(twins) == 2
    assert twins[0].branch != twins[1].branch


def test_every_branch_has_a_leader_who_can_be_called(people: tuple[SamplePerson, ...]) -> None:
    leaders = [person for person in people if person.leader]
    assert len(leaders) == 31
    assert {person.branch for person in leaders} == set(VILLAGES | UNITS)
    assert all(person.phone and person.title for person in leaders)


def test_the_branches_name_one_of_their_leaders(people: tuple[SamplePerson, ...]) -> None:
    found = branches(people)
    assert [branch.name for branch in found] == list(VILLAGES | UNITS)
    leaders = {(person.branch, person.name, person.phone) for person in people if person.leader}
    assert set(found) <= leaders


def test_phones_are_of_a_prefix_nobody_has_and_nobody_shares_one(people: tuple[SamplePerson, ...]) -> None:
    phones = [person.phone for person in people if person.phone]
    assert all(phone.startswith("000-") and len(phone) == 8 for phone in phones)
    assert len(set(phones)) == len(phones)
    assert 0 < len(people) - len(phones) < 40


def test_many_scripts_are_there_and_most_names_are_latin(people: tuple[SamplePerson, ...]) -> None:
    scripts = Counter(unicodedata.name(person.name[0]).split()[0] for person in people)
    assert scripts["LATIN"] > 270
    assert scripts["CJK"] >= 20
    assert scripts["ARABIC"] >= 5
    assert scripts["CYRILLIC"] >= 5
    accented = [person for person in people if unicodedata.normalize("NFD", person.name) != person.name]
    assert len(accented) > 20


def test_some_names_are_very_long_and_all_may_be_imported(people: tuple[SamplePerson, ...]) -> None:
    assert sum(len(person.name) > 45 for person in people) >= 4
    for person in people:
        assert clean(person.name) == person.name
        assert len(person.name) <= NAME_LIMIT
        assert len(person.code) <= CODE_LIMIT


def test_the_afternoons_are_of_every_kind_and_each_is_given_by_another_leader(people: tuple[SamplePerson, ...]) -> None:
    afternoons = topics(people)
    assert len(afternoons) == 12
    assert {afternoon.kind for afternoon in afternoons} >= {SessionKind.LECTURE, SessionKind.STUDY, SessionKind.SEMINAR}
    presenters = [afternoon.presenter for afternoon in afternoons if afternoon.presenter is not None]
    assert len(presenters) == len(set(presenters)) == 6
    assert all(presenter.leader and presenter in people for presenter in presenters)
    lectures = [afternoon for afternoon in afternoons if afternoon.kind is SessionKind.LECTURE]
    assert all(lecture.presenter for lecture in lectures)


def test_notes_differ_are_long_enough_and_sometimes_chinese() -> None:
    notes = list(islice(note_texts(Random(7)), 300))
    assert len(set(notes)) > 200
    assert all(count_characters(note) > 50 for note in notes)
    assert all(clean_lines(note) == note for note in notes)
    assert 5 < sum(note[0] >= "\u4e00" for note in notes) < 60
