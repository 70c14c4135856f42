"""The demo's communities: Xen as it took part in Round 7, and two that are invented."""

from opw.site.demo.shapes import CommunityText

XEN = CommunityText(
    slug="xen",
    name="Xen Project",
    summary="A hypervisor: it runs many operating systems side by side on one machine, from phones to clouds.",
    website="https://xenproject.org/",
    description="""\
The Xen Project makes a **hypervisor**, the thin layer of software between the hardware and the operating systems that
share it. Around it live the tools that start and move virtual machines, and Mirage, which turns a program in OCaml
into a virtual machine of its own.

You will be working on code that a large part of the internet stands on. It is mostly C, and it is read before it is
merged: by several people, in public, and more kindly than you may fear. Nobody expects you to know how a hypervisor
works before you begin.

### Your first contribution

Ask a project's mentor, on the mailing list or in the chat, for a small piece of work. Reviewing somebody's patch is
as good as writing one; so is finding out why a wiki page no longer matches the program. Plan two weeks for it: one to
get a build running, one for the answers to your first version.

Xen funds **one** place in this round.
""",
    coordinators=["xen"],
    maintainers=["xen", "mentor4"],
    channels=[
        ("xen-devel", "https://lists.xenproject.org/", "The mailing list for development; patches go here."),
        ("#xen-opw", "", "Chat on freenode.net, for applicants and their mentors."),
        ("#opw", "", "Chat on irc.gnome.org, for the applicants of all communities."),
        ("xen-api", "https://lists.xenproject.org/", "The mailing list of the XCP toolstack."),
        ("cl-mirage", "", "The mailing list of Mirage; its projects ask you to join."),
    ],
    resources=[
        ("Building Xen from source", "https://xen.example.org/guides/building"),
        ("How a patch gets in", "https://xen.example.org/guides/patches"),
        ("A first hour with xl", "https://xen.example.org/guides/xl"),
    ],
    slots={"round-7": 1},
)

FERNWAY = CommunityText(
    slug="fernway",
    name="Fernway",
    summary="Maps for people on foot and on wheels that work without a network.",
    website="https://fernway.example.org/",
    description="""\
Fernway is a map for walking and rolling. It knows kerbs, steps, gradients and benches, keeps a whole valley on your
phone, and tells you the way when there is no network to ask.

We are about thirty people, half of whom joined through a programme like this one. The routing engine is written in
C++, the apps in Kotlin, and the tools that turn survey data into maps in Python. Designers, translators and people
who go out and measure ramps are as much part of Fernway as programmers.

### Your first contribution

Every project here names two or three good beginnings. Say in the chat which one you take, so that nobody does the
same work twice, and ask early: our evenings fall at very different hours.
""",
    coordinators=["fernway"],
    maintainers=["fernway"],
    channels=[
        ("Fernway chat", "https://chat.fernway.example.org/", "Where to say hello, and to ask for a first task."),
        ("fernway-dev", "https://lists.example.org/fernway-dev", "Slower, longer talk about designs."),
    ],
    resources=[
        ("Your first build, on three systems", "https://fernway.example.org/build"),
        ("How we describe a kerb", "https://fernway.example.org/data/kerbs"),
    ],
    slots={"round-6": 2, "round-7": 2},
)

QUILLSTONE = CommunityText(
    slug="quillstone",
    name="Quillstone",
    summary="A reader for books in every script, usable by eye, by ear and by touch.",
    website="https://quillstone.example.org/",
    description="""\
Quillstone opens electronic books and gets out of the way. It sets Amharic as carefully as English, reads aloud, and
can be used from the first page to the last with a keyboard, a screen reader or a braille display.

The reader is written in Vala and C, the tests in Python. We are a small group and answer within a day.

### Your first contribution

Open a book in a language that you read, and find something that we do wrong. A good bug report with a file that shows
it counts; a patch counts too.
""",
    coordinators=["quillstone"],
    maintainers=["quillstone"],
    channels=[("#quillstone", "", "Chat on irc.gnome.org; the log is public.")],
    resources=[("The shelf: sample books for tests", "https://quillstone.example.org/shelf")],
    slots={"round-6": 1, "round-7": 1},
)

COMMUNITIES = [XEN, FERNWAY, QUILLSTONE]
