"""The subject of a mail with a patch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.links import read_subject


@pytest.mark.parametrize(
    ("title", "words", "version", "part", "parts"),
    [
        ("[PATCH] x86: free the page", "x86: free the page", 1, None, None),
        ("[PATCH v3 2/5] x86: free the page", "x86: free the page", 3, 2, 5),
        ("[RFC PATCH net-next V2 03/11] x86: free", "x86: free", 2, 3, 11),
        ("[PATCH v2,0/4] Tidy up", "Tidy up", 2, 0, 4),
        ("Re: [Xen-devel] [PATCH 1/2] tools: typo", "tools: typo", 1, 1, 2),
        ("[v4] tools: typo", "tools: typo", 4, None, None),
        ("Answer 1/2 of [the question]", "Answer 1/2 of [the question]", 1, None, None),
        ("[1/2] The first half", "The first half", 1, None, None),
        ("[PATCH v2]", "[PATCH v2]", 2, None, None),
        ("Re:", "Re:", 1, None, None),
    ],
)
def test_a_subject_says_its_place_among_revisions_and_parts(title, words, version, part, parts):
    subject = read_subject(title)

    assert (subject.words, subject.version, subject.part, subject.parts) == (words, version, part, parts)


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("[PATCH v3 2/5] x86: free", "version 3, part 2 of 5"),
        ("[PATCH 0/5] Tidy up", "cover letter of 5"),
        ("[PATCH v2] x86: free", "version 2"),
        ("[PATCH] x86: free", ""),
        ("Mend the driver", ""),
    ],
)
def test_the_place_is_said_in_words(title, place):
    assert read_subject(title).place == place


def test_revisions_of_one_patch_have_the_same_key():
    titles = ["[PATCH] x86:  free the page", "Re: [PATCH v2 1/2] X86: free the page ", "x86: free the page"]

    assert {read_subject(title).key for title in titles} == {"x86: free the page"}


@given(st.text())
def test_any_text_is_a_subject(title):
    subject = read_subject(title)

    assert subject.words == subject.words.strip()
