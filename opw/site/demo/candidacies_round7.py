"""Who applies in the demo round: from the second applicant to the ninth, each at another point of the way."""

from applications.models import Contribution
from opw.site.demo.shapes import Busy, Candidacy, Initial, Mark, Message, Rating, Work

Kind, Said = Contribution.Kind, Contribution.Mark
ROUND = "round-7"

INITIALS = [
    Initial(
        ROUND, "applicant2", "2013-10-05 21:30",
        "I write Perl for a hospital's laboratory, alone, since 2011, and would like to work with others for once.",
        (Busy("studies", "One lecture a week", "2014-02-03", "2014-03-31", 2),),
    ),
    Initial(
        ROUND, "applicant3", "2013-10-12 07:15",
        "Four years as a system administrator. I have seen Xen from the outside every day.",
        (Busy("job", "My contract, which ends in November", "2013-09-01", "2013-11-30", 40),),
        may_work="I am not sure",
    ),
    Initial(
        ROUND, "applicant4", "2013-10-03 15:00",
        "Second year of computer science. I applied in the last round and have kept contributing since.",
        (Busy("studies", "Lectures until the holidays", "2013-10-01", "2013-12-20", 30),
         Busy("studies", "Exams", "2014-01-27", "2014-02-07", 35)),
    ),
    Initial(
        ROUND, "applicant5", "2013-10-04 04:10", "Real-time audio, in C, for an instrument of my own.",
        (Busy("job", "I teach in the mornings", "2013-09-02", "2014-06-30", 30),),
    ),
    Initial(
        ROUND, "applicant6", "2013-10-02 11:00",
        "A degree in mathematics, a course on operating systems, and three years of proof-reading for the blind.",
    ),
    Initial(
        ROUND, "applicant7", "2013-10-06 23:50",
        "I have kept NetBSD alive on the oldest laptop of my faculty, and draw maps for its climbing club.",
        (Busy("other", "A wedding, my own", "2014-01-13", "2014-01-19", 60),),
    ),
    Initial(
        ROUND, "applicant8", "2013-10-02 19:40",
        "I translate Debian's installer into Arabic, which is how I learned what happens when one presses Enter.",
    ),
    Initial(
        ROUND, "applicant9", "2013-10-08 02:30", "C and assembler for small boards that measure the tide.",
        (Busy("other", "Choir, on Thursday evenings", "2013-09-01", "2014-06-30", 3),), publish_name="no",
    ),
]  # fmt: skip

STILL_A_DRAFT = Candidacy(
    round=ROUND,
    applicant="applicant2",
    idea="debian",
    why="""\
osstest looks like the scripts I write for the laboratory, except that other people read them. That is what I want to
learn: code that somebody else has to be able to change.
""",
    background="Perl, eight hours a day. I install Debian about once a week.",
    plan="First two weeks: the functions for the installer's answers. Then",
    drafted_at="2013-10-27 21:10",
    messages=(
        Message(
            "2013-10-26 20:40", "applicant2",
            "Hello! I write Perl alone at work and would like to try your project. Is it too late to begin?",
        ),
        Message(
            "2013-10-27 08:50", "mentor1",
            "Not at all, welcome. Take one of the starter tasks on the project's page, and ask on the list when you "
            "have been stuck for an hour.",
        ),
        Message(
            "2013-10-30 22:05", "applicant2",
            "The task is mine now. Does osstest need two machines, or is one enough to try a change?",
        ),
    ),
)  # fmt: skip

WITHOUT_CONTRIBUTION = Candidacy(
    round=ROUND,
    applicant="applicant3",
    idea="vnuma",
    why="I have spent nights asking why one virtual machine was slow. Now I know the answer had a name.",
    background="I can read C well and write it slowly. I know `numactl` better than I ever wanted to.",
    plan="""\
1. Design, until Christmas.
2. PV guests, in January.
3. HVM guests, in February, with a week kept free at the end.
""",
    drafted_at="2013-10-20 06:00",
    submitted_at="2013-10-29 18:20",
    ratings=(),
)

ONE_THAT_COUNTS = Candidacy(
    round=ROUND,
    applicant="applicant4",
    idea="debian",
    why="I wrote the documentation of a build in the last round. Now I would like to build what tests it.",
    background="Python, and Perl since September. I have set up osstest at home, in standalone mode.",
    plan="""\
- December: installer answers for PV and HVM guests.
- January: other kernels.
- February: the report, and helping with the switch.
""",
    drafted_at="2013-10-14 13:30",
    submitted_at="2013-10-26 16:45",
    work=(
        Work(
            "2013-10-16 12:20", Kind.DOCUMENTATION, "osstest: describe standalone mode from the beginning",
            "https://lists.example.org/xen-devel/2013-10/msg00871.html",
            (
                Mark("2013-10-17 06:30", Said.NEEDS_WORK, "Very readable. The part on the database is out of date."),
                Mark("2013-10-21 07:10", Said.COUNTS, "Applied, thank you. I have sent it to two people already."),
            ),
        ),
    ),
    ratings=(Rating("mentor1", "2013-11-13 09:10", 4, "Persistent and clear. Less used to Perl than others."),),
    messages=(
        Message(
            "2013-10-13 16:20", "applicant4",
            "Hello again, this time with a question about tests instead of builds. I followed the osstest README:\n\n"
            "- standalone mode works;\n- the database part mentions a script that is not there.\n\n"
            "Would writing that down better be a good first contribution?",
        ),
        Message(
            "2013-10-14 07:30", "mentor1",
            "It would be a very good one. Leave the database out at first: hardly anybody needs it at home.",
        ),
    ),
)  # fmt: skip

WITHDRAWN = Candidacy(
    round=ROUND,
    applicant="applicant5",
    idea="sedf",
    why="Audio is real time with a smaller budget. I would like to see it with a larger one.",
    background="C, and a bookshelf about scheduling.",
    plan="The constant bandwidth server until February; queues after that.",
    drafted_at="2013-10-11 03:20",
    submitted_at="2013-10-18 05:00",
    withdrawn_at="2013-10-28 17:05",
    work=(
        Work(
            "2013-10-13 04:45", Kind.BUG_REPORT, "SEDF: period of zero accepted by xl sched-sedf",
            "https://lists.example.org/xen-devel/2013-10/msg00655.html",
            (Mark("2013-10-14 08:00", Said.COUNTS, "Confirmed. A patch would be three lines; would you like to?"),),
        ),
    ),
)  # fmt: skip

FIRST_OF_TWO = Candidacy(
    round=ROUND,
    applicant="applicant6",
    idea="ballooning",
    why="It is a puzzle about fairness with real numbers in it.",
    background="C from one course and a summer of reading Linux drivers.",
    plan="Documentation in December, the decision where to change what by January 10, the change itself until March.",
    drafted_at="2013-10-09 10:10",
    submitted_at="2013-10-24 12:30",
    work=(
        Work(
            "2013-10-15 17:00", Kind.CODE_REVIEW, "Review of v3 of “xen/balloon: check the target before inflating”",
            "https://lists.example.org/xen-devel/2013-10/msg00790.html",
            (Mark("2013-10-16 09:30", Said.COUNTS, "You found what two of us had overlooked."),),
        ),
    ),
    ratings=(Rating("mentor2", "2013-11-13 10:00", 4, "Thinks before she writes. Would need help with the driver."),),
)  # fmt: skip

SECOND_OF_TWO = Candidacy(
    round=ROUND,
    applicant="applicant6",
    idea="footnotes",
    why="I have proof-read books for blind readers, and half of my letters were about footnotes.",
    background="I use Orca to check my own work. Vala I would learn; I have written a little C#.",
    plan="Collect, recognise, design with two readers whom I know, build. Reading aloud last.",
    drafted_at="2013-10-10 09:00",
    submitted_at="2013-10-25 08:15",
    work=(
        Work(
            "2013-10-20 19:20", Kind.PATCH, "Announce the number of a note before its text",
            "https://git.example.org/quillstone/reader/merge_requests/58",
            (
                Mark("2013-10-21 20:00", Said.NEEDS_WORK, "Right idea; Orca now says the number twice."),
                Mark("2013-10-30 21:10", Said.COUNTS, "Merged, with joy."),
            ),
        ),
    ),
    ratings=(Rating("quillstone.mentor", "2013-11-13 21:00", 5, "Knows our readers better than we do."),),
    messages=(
        Message(
            "2013-10-09 18:30", "applicant6",
            "I proof-read for blind readers and know what they say about footnotes. May I bring two of them along?",
        ),
        Message("2013-10-09 20:15", "quillstone.mentor", "Please do! We have wanted to ask somebody for years."),
    ),
)  # fmt: skip

WANTED_BY_XEN = Candidacy(
    round=ROUND,
    applicant="applicant7",
    idea="netbsd",
    why="My laptop breaks whenever Xen changes. I would rather hear of it before.",
    background="NetBSD since version 3, shell, some Perl, and the patience of somebody who climbs.",
    plan="""\
Weeks 1 to 3: an installation that asks nothing. Weeks 4 to 7: building and installing Xen. Weeks 8 to 10: guests.
Weeks 11 and 12: the report, and whatever has gone wrong.
""",
    drafted_at="2013-10-12 23:00",
    submitted_at="2013-10-23 02:40",
    work=(
        Work(
            "2013-10-14 22:30", Kind.PATCH, "tools: build on NetBSD 6.1 again",
            "https://lists.example.org/xen-devel/2013-10/msg00721.html",
            (Mark("2013-10-15 08:15", Said.COUNTS, "Applied. It had been broken since June and nobody knew."),),
        ),
    ),
    ratings=(Rating("mentor1", "2013-11-13 09:30", 5, "She has done the first third of the project already."),),
)  # fmt: skip

WANTED_BY_FERNWAY = Candidacy(
    round=ROUND,
    applicant="applicant7",
    idea="night",
    why="We start for the summit at two in the morning. I have wished for this map for years.",
    background="I draw our club's maps by hand and have opinions on brown.",
    plan="Ten walkers are easily found: they are my friends. Palettes before Christmas, the style in January.",
    drafted_at="2013-10-15 01:10",
    submitted_at="2013-10-24 03:05",
    work=(
        Work(
            "2013-10-19 03:30", Kind.DESIGN, "Three palettes for a gorge at night, with their contrasts",
            "https://fernway.example.org/wiki/night/palettes",
            (Mark("2013-10-20 18:00", Said.COUNTS, "The second one is better than anything we had thought of."),),
        ),
    ),
    ratings=(Rating("fernway.mentor", "2013-11-13 19:00", 5, "She is our user, and she draws."),),
)  # fmt: skip

SELECTED = Candidacy(
    round=ROUND,
    applicant="applicant8",
    idea="debian",
    why="""\
I know the installer as its translator does: every sentence, and the order in which they come. I would like to know
what stands behind them.
""",
    background="Perl and shell for checking translations. Three small patches in debian-installer.",
    plan="""\
1. The answers file for both kinds of guest: three weeks.
2. Production, which always takes longer than one thinks: two weeks.
3. Kernels from elsewhere: three weeks.
4. Report and help: the rest.
""",
    drafted_at="2013-10-07 18:00",
    submitted_at="2013-10-20 20:10",
    work=(
        Work(
            "2013-10-11 19:15", Kind.PATCH, "osstest: do not assume that the installer speaks English",
            "https://lists.example.org/xen-devel/2013-10/msg00602.html",
            (Mark("2013-10-12 10:20", Said.COUNTS, "Applied. And with a test, unasked!"),),
            task="Find the places that expect English from the installer",
        ),
    ),
    ratings=(
        Rating("mentor1", "2013-11-13 09:00", 5, "Small, complete patches; answers reviews within the day."),
        Rating("mentor7", "2013-11-13 14:30", 5, "The strongest for this project: she knows the installer."),
    ),
)  # fmt: skip

NOT_SEEN_YET = Candidacy(
    round=ROUND,
    applicant="applicant9",
    idea="vnuma",
    why="My boards have two kinds of memory as well, only a million times smaller.",
    background="C, assembler, and reading manuals for pleasure.",
    plan="As in the description; I would show the design on the list before Christmas.",
    drafted_at="2013-10-22 02:00",
    submitted_at="2013-10-31 04:20",
    work=(
        Work(
            "2013-10-30 23:40", Kind.PATCH, "xl: print the node of each guest in xl info -n",
            "https://lists.example.org/xen-devel/2013-10/msg01311.html",
            (Mark("2013-11-12 08:30", Said.COUNTS, "Sorry for the wait. Applied; it will be useful to you, too."),),
        ),
    ),
    ratings=(Rating("mentor2", "2013-11-13 10:30", 4, "Strong, if a little alone. With one more slot, yes."),),
)  # fmt: skip

CANDIDACIES = [
    STILL_A_DRAFT,
    WITHOUT_CONTRIBUTION,
    ONE_THAT_COUNTS,
    WITHDRAWN,
    FIRST_OF_TWO,
    SECOND_OF_TWO,
    WANTED_BY_XEN,
    WANTED_BY_FERNWAY,
    SELECTED,
    NOT_SEEN_YET,
]
