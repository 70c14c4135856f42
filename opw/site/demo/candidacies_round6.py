"""Who applied in the past round."""

from applications.models import Contribution
from opw.site.demo.shapes import Busy, Candidacy, Initial, Mark, Rating, Work

Kind, Said = Contribution.Kind, Contribution.Mark
ROUND = "round-6"

INITIALS = [
    Initial(ROUND, "intern1", "2013-04-10 08:00", "Two years of C++."),
    Initial(ROUND, "intern2", "2013-04-11 16:20", "A course in Android, and a small shop's site."),
    Initial(
        ROUND, "intern3", "2013-04-15 22:00", "I record audiobooks.",
        (Busy("studies", "A night class", "2013-04-01", "2013-09-30", 25),), publish_name="no",
    ),
    Initial(
        ROUND, "applicant4", "2013-04-20 09:30", "First year of computer science.",
        (Busy("studies", "Exams", "2013-05-06", "2013-06-05", 40),),
    ),
]  # fmt: skip

CANDIDACIES = [
    Candidacy(
        round=ROUND,
        applicant="intern1",
        idea="kerbs",
        why="My brother uses a wheelchair, and I know every kerb between our house and the cinema.",
        background="Graph algorithms were my favourite course.",
        plan="Two weeks of reading, five of weights, three of profiles, two of walking the walks.",
        drafted_at="2013-04-22 09:00",
        submitted_at="2013-05-02 10:30",
        work=(
            Work(
                "2013-04-19 12:40", Kind.PATCH, "Do not forget the last step of a staircase",
                "https://git.example.org/fernway/engine/merge_requests/17",
                (Mark("2013-04-20 19:00", Said.COUNTS, "Merged. A fine first patch, with a test."),),
            ),
        ),
        ratings=(Rating("fernway.mentor", "2013-05-15 18:00", 5, "Careful, quick to ask, and knows whom it is for."),),
    ),
    Candidacy(
        round=ROUND,
        applicant="intern2",
        idea="valley",
        why="I guide hikers in the Drakensberg. There is no network there at all.",
        background="I wrote our booking app.",
        plan="Regions first, then downloads, then the page. I would test it with my groups.",
        drafted_at="2013-04-25 17:00",
        submitted_at="2013-05-08 18:45",
        work=(
            Work(
                "2013-04-28 15:15", Kind.BUG_REPORT, "Map goes blank when the phone leaves the network while zooming",
                "https://bugs.example.org/fernway/884",
                (Mark("2013-04-29 20:00", Said.COUNTS, "With steps that reproduce it every time: thank you!"),),
            ),
        ),
        ratings=(Rating("fernway.mentor", "2013-05-15 18:20", 5, "She has users for us to test with."),),
    ),
    Candidacy(
        round=ROUND,
        applicant="intern3",
        idea="read-aloud",
        why="I read aloud for a living and know where one breathes.",
        background="Some Java, long ago; scripts for cutting sound.",
        plan="Mark up, listen, derive, listen again.",
        drafted_at="2013-04-28 22:10",
        submitted_at="2013-05-12 23:30",
        work=(
            Work(
                "2013-05-01 21:00", Kind.PATCH, "Pause after headings",
                "https://git.example.org/quillstone/reader/merge_requests/40",
                (
                    Mark("2013-05-02 12:00", Said.NEEDS_WORK, "Nearly there: the pause also comes after page numbers."),
                    Mark("2013-05-06 12:30", Said.COUNTS, "Merged."),
                ),
            ),
        ),
        ratings=(Rating("quillstone.mentor", "2013-05-16 20:00", 4, "Learns fast, and hears what we do not."),),
    ),
    Candidacy(
        round=ROUND,
        applicant="applicant4",
        idea="valley",
        why="I like maps and would like to work on something that is used.",
        background="One year of Python.",
        plan="I would begin with the data.",
        drafted_at="2013-04-30 10:00",
        submitted_at="2013-05-13 16:05",
        work=(
            Work(
                "2013-05-11 13:20", Kind.DOCUMENTATION, "Say which version of the tools a first build needs",
                "https://git.example.org/fernway/docs/merge_requests/5",
                (Mark("2013-05-12 19:40", Said.COUNTS, "You will have spared the next person an evening."),),
            ),
        ),
        ratings=(Rating("fernway.mentor", "2013-05-15 18:40", 3, "A good start, late. I hope she comes back."),),
    ),
]  # fmt: skip
