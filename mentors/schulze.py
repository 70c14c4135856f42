"""Several orders of preference combined into one, by the method of Markus Schulze.

"A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method",
Social Choice and Welfare 36 (2011).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from itertools import chain, permutations
from typing import TypeVar

One = TypeVar("One", bound=Hashable)
Pair = tuple[One, One]


def combined(ballots: Sequence[Mapping[One, int]]) -> list[list[One]]:
    """Everybody on the ballots, who is ahead of the others first; those who share a place stand together.

    A ballot says on which place it puts each. Equal places are no preference, and whom it does not name it does not
    compare: neither speaks for or against her.
    """
    sorter = TopologicalSorter({one: set[One]() for one in chain.from_iterable(ballots)})
    for ahead, behind in _duels(_majorities(ballots)):
        sorter.add(behind, ahead)
    return list(_layers(sorter))


def _majorities(ballots: Iterable[Mapping[One, int]]) -> dict[Pair[One], int]:
    """Of two whom the ballots do not leave equal, which is preferred to which, and by how many ballots."""
    preferred = Counter(
        (one, other) for ballot in ballots for one, other in permutations(ballot, 2) if ballot[one] < ballot[other]
    )
    return {pair: votes for pair, votes in preferred.items() if votes > preferred[pair[::-1]]}


def _duels(majorities: Mapping[Pair[One], int]) -> Iterator[Pair[One]]:
    """Who is ahead of whom: a chain of majorities leads there that is stronger than every chain back.

    A chain is as strong as its weakest majority, so at some strength it leads there while no other one leads back.
    """
    for strength in set(majorities.values()):
        reached = _reached(pair for pair, votes in majorities.items() if votes >= strength)
        for one, others in reached.items():
            yield from ((one, other) for other in others if one not in reached.get(other, ()))


def _reached(links: Iterable[Pair[One]]) -> dict[One, set[One]]:
    """Whom each reaches over any number of links (Warshall)."""
    reached: dict[One, set[One]] = {}
    for one, other in links:
        reached.setdefault(one, set()).add(other)
    for between, beyond in reached.items():
        for others in reached.values():
            if between in others:
                others |= beyond
    return reached


def _layers(sorter: "TopologicalSorter[One]") -> Iterator[list[One]]:
    sorter.prepare()
    while sorter.is_active():
        layer = sorter.get_ready()
        yield list(layer)
        sorter.done(*layer)
