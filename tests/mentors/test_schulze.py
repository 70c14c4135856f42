"""The method of Schulze: published examples, and what its author proved of it, for ballots made up by the hundred."""

from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentors.schulze import combined

Ballot = dict[str, int]


def ballots(text: str) -> list[Ballot]:
    """As the literature writes them: how many, and whom they put first, second …; "=" between equals."""
    made = []
    for line in text.split("\n"):
        count, _, order = line.strip().partition(" ")
        places = {one: place for place, equals in enumerate(order.split()) for one in equals.split("=")}
        made += [places] * int(count)
    return made


@pytest.mark.parametrize(
    ("cast", "expected"),
    [
        pytest.param(  # the example of Wikipedia's article, with 45 voters
            """5 A C B E D
               5 A D E C B
               8 B E D A C
               3 C A B E D
               7 C A E B D
               2 C B A D E
               7 D C E B A
               8 E B A D C""",
            [["E"], ["A"], ["C"], ["B"], ["D"]],
            id="five candidates in a circle",
        ),
        pytest.param(  # example 1 of the paper
            """8 A C D B
               2 B A D C
               4 C D B A
               4 D B A C
               3 D C B A""",
            [["D"], ["A"], ["C"], ["B"]],
            id="four candidates in a circle",
        ),
        pytest.param(  # the article's example whose winner is not unique
            """3 A B C D
               2 D A B C
               2 D B C A
               2 C B D A""",
            [["B", "D"], ["A", "C"]],
            id="two who win",
        ),
        pytest.param("1 A B C\n1 B A C", [["A", "B"], ["C"]], id="two who share the first place"),
        pytest.param("1 A B C\n1 B C A\n1 C A B", [["A", "B", "C"]], id="a circle of equal strength"),
        pytest.param("2 A B=C", [["A"], ["B", "C"]], id="equal on the ballot"),
        pytest.param("1 A B\n1 B C", [["A"], ["B"], ["C"]], id="not compared by the same person"),
        pytest.param("3 B A C\n1 A C\n1 A B C", [["B"], ["A"], ["C"]], id="who is not named is not below"),
    ],
)
def test_an_example_comes_out_as_published(cast, expected):
    assert [sorted(layer) for layer in combined(ballots(cast))] == expected


def test_no_ballot_puts_nobody_first():
    assert combined([]) == []
    assert combined([{}]) == []


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
orders = st.permutations("ABCDE").map(lambda order: {one: place for place, one in enumerate(order)})
weak_orders = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 4))
some_ballots = st.lists(weak_orders, max_size=9)


def place_of(cast: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {one: place for place, layer in enumerate(combined(cast)) for one in layer}


def strongest_chains(cast: Sequence[Ballot]) -> dict[tuple[str, str], int]:
    """As the paper defines them: of all chains from one to another, the strongest weakest link."""
    pairs = list(permutations("ABCDE", 2))
    prefer = {
        (one, other): sum(one in ballot and other in ballot and ballot[one] < ballot[other] for ballot in cast)
        for one, other in pairs
    }
    link = {pair: votes if votes > prefer[pair[::-1]] else 0 for pair, votes in prefer.items()}
    chains = dict.fromkeys(pairs, 0)
    for length in range(2, 6):
        for way in permutations("ABCDE", length):
            weakest = min(link[step] for step in pairwise(way))
            chains[way[0], way[-1]] = max(chains[way[0], way[-1]], weakest)
    return chains


@patient
@given(some_ballots)
def test_who_has_the_stronger_chain_stands_before(cast):
    place, chains = place_of(cast), strongest_chains(cast)

    for (one, other), strength in chains.items():
        if strength > chains[other, one]:
            assert place[one] < place[other]


@patient
@given(some_ballots)
def test_everybody_but_the_first_has_somebody_ahead_of_her_one_place_before(cast):
    place, chains = place_of(cast), strongest_chains(cast)

    for one in place:
        ahead = [place[other] for other in place if other != one and chains[other, one] > chains[one, other]]
        assert place[one] == max(ahead, default=-1) + 1


@patient
@given(st.lists(orders, min_size=1, max_size=9))
def test_who_wins_every_duel_is_first_alone(cast):
    place = place_of(cast)

    for one in "ABCDE":
        duels = [sum(ballot[one] < ballot[other] for ballot in cast) for other in "ABCDE" if other != one]
        if all(2 * won > len(cast) for won in duels):
            assert combined(cast)[0] == [one]
            assert place[one] == 0


@patient
@given(some_ballots)
def test_reversed_ballots_turn_round_who_is_ahead(cast):
    reversed_ballots = [{one: -place for one, place in ballot.items()} for ballot in cast]

    chains, back = strongest_chains(cast), place_of(reversed_ballots)

    for (one, other), strength in chains.items():
        if strength > chains[other, one]:
            assert back[one] > back[other]


@patient
@given(st.lists(orders, min_size=1, max_size=5), st.data())
def test_who_is_raised_on_a_ballot_is_not_harmed_by_it(cast, data):
    number = data.draw(st.integers(0, len(cast) - 1))
    raised = data.draw(st.sampled_from("ABCDE"))
    first_before = combined(cast)[0]

    cast[number] = cast[number] | {raised: -1}

    assert raised not in first_before or raised in combined(cast)[0]


@patient
@given(st.permutations(range(6)), some_ballots.filter(bool))
def test_neither_the_order_of_ballots_nor_doubling_them_all_matters(shuffle, cast):
    shuffled = [cast[number % len(cast)] for number in shuffle]

    assert place_of(sorted(shuffled, key=str)) == place_of(shuffled) == place_of(shuffled * 2)
