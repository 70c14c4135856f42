"""The ideas of Fernway and Quillstone, all invented."""

from opw.site.demo.shapes import Idea, Point
from projects.models import Difficulty

BASIC, MEDIUM, DIFFICULT = Difficulty.BASIC, Difficulty.MEDIUM, Difficulty.DIFFICULT

KERBS = Idea(
    key="kerbs",
    community="fernway",
    title="Kerbs and steps in route planning",
    summary="A way that somebody in a wheelchair can really take, even if it is longer.",
    inserted_at="2012-11-20 20:00",
    mentors=["fernway.mentor"],
    required=("C++",),
    preferred=("Algorithms",),
    description="""\
Our maps know the height of fifteen thousand kerbs, and our routes ignore all of them. This project lets the reader
say what is an obstacle for her, and finds the shortest way without it.
""",
    outcomes="""\
- A profile ("no steps, kerbs up to 3 cm") changes the route.
- On our twelve test walks the route avoids every obstacle that the profile names.
""",
    steps="""\
1. Learn how the engine weighs a path.
2. Add kerbs and steps to the weights.
3. Add profiles, with their page in the app.
4. Walk the test walks.
""",
    skills="C++ and some joy in graphs.",
    approved_by="fernway",
    approved_at="2012-12-03 21:15",
    rounds=("round-6",),
)

VALLEY = Idea(
    key="valley",
    community="fernway",
    title="Download a valley: maps for places without a network",
    summary="Choose a region with one finger and have all of it on the phone before the bus leaves.",
    inserted_at="2012-11-22 20:30",
    mentors=["fernway.mentor"],
    difficulty=(BASIC, MEDIUM),
    preferred=("Kotlin", "Python"),
    description="""\
Where people walk there is often no network. Fernway keeps what you looked at, and forgets the rest. You would let
people choose a region by its natural borders, see how large it is, and take it along.
""",
    outcomes="""\
- A region can be chosen, downloaded, updated and removed, and an interrupted download goes on where it stopped.
- All of it works with a screen reader.
""",
    steps="""\
1. Cut the map data into regions along watersheds.
2. Build the download, with interruptions in mind from the first day.
3. Build the page, and test it with five people.
""",
    skills="Kotlin or Java for the app, Python for the data; one of them well.",
    approved_by="fernway",
    approved_at="2012-12-03 21:40",
    rounds=("round-6",),
)

NIGHT = Idea(
    key="night",
    community="fernway",
    title="A night mode that keeps contour lines readable",
    summary="Maps that do not dazzle at four in the morning and still show where the slope gets steep.",
    inserted_at="2013-08-12 19:20",
    mentors=["fernway.mentor"],
    difficulty=(BASIC, BASIC),
    preferred=("Design", "Kotlin"),
    verified_on="2013-09-02",
    description="""\
Turning a map's colours upside down makes it dark, and useless: paths, contour lines and water end up in the same
grey. Hikers who start before sunrise switch the screen to full brightness instead and lose their night vision.

We want a palette that was made for the dark. You would find out what people need to see, design it, measure its
contrasts, also for readers who confuse colours, and build it into the app's styles.
""",
    outcomes="""\
- A dark style for all 140 kinds of things on our maps.
- Every pair that has to be told apart has a measured contrast, also in simulated colour blindness; a test checks it.
- Switching is automatic at dusk, and by hand at any time.
""",
    steps="""\
1. Talk to ten walkers. Write down what they look for on a map in the dark.
2. Sketch palettes on three difficult places: a gorge, a glacier, a city park.
3. Turn the best into a style, and write the test for its contrasts.
4. Go out at night with it.
""",
    skills="""\
An eye for colour, and care. You can read and change structured text such as JSON; programming beyond that is welcome
and not needed.
""",
    references="WCAG 2 on contrast, and our style guide.",
    system_requirements="A phone with Android, however old. The older the better.",
    approved_by="fernway",
    approved_at="2013-08-30 22:00",
    rounds=("round-7",),
)

TIMETABLES = Idea(
    key="timetables",
    community="fernway",
    title="Buses on the way: importing public timetables",
    summary="The last bus from the trailhead belongs on the map. Bring it there from open timetable data.",
    inserted_at="2013-08-14 19:45",
    mentors=["fernway.mentor", "intern1"],
    required=("Python",),
    preferred=("Databases",),
    gsoc=True,
    verified_on="2013-09-02",
    description="""\
Most walks begin and end at a bus stop, and many agencies publish their timetables in the GTFS format. The files are
large and full of surprises: stops in the sea, buses that arrive before they leave, a Sunday service that runs on one
Sunday a year.

You would write an importer that keeps only what lies near our paths, repairs what can be repaired, reports what
cannot, and is fast enough to run every night.
""",
    outcomes="""\
- A command imports a feed and says, in words, what it left out and why.
- Importing the same feed twice changes nothing, and ten feeds take at most thirty minutes on our build server.
- Tapping a stop shows the next departures, without a network.
""",
    steps="""\
1. Collect ten feeds, and catalogue what is odd about them.
2. Write the importer for one, with tests made from the oddities.
3. Extend it to the others.
4. Show departures in the app; your mentors help with Kotlin.
""",
    skills="Python. You have put data into a database before and were annoyed by how dirty it was.",
    references="The GTFS reference.",
    points=(
        Point(
            by="quillstone.mentor",
            at="2013-08-25 20:10",
            section="outcomes",
            body="How fast is fast enough? I would name a number of minutes for ten feeds on a named machine.",
            answered_by="fernway.mentor",
            answered_at="2013-08-26 17:00",
            answer="Thirty minutes on our build server. It is an outcome now.",
            resolved_at="2013-08-26 19:45",
        ),
    ),
    approved_by="fernway",
    approved_at="2013-08-30 22:10",
    rounds=("round-7",),
)

SOUND_CUES = Idea(
    key="sound-cues",
    community="fernway",
    title="Sound cues for walkers who do not look at the screen",
    summary="Hear the turn coming: short sounds from the left and right instead of a voice that talks over the birds.",
    inserted_at="2013-08-20 16:10",
    mentors=[],
    proposed_by="applicant4",
    difficulty=(BASIC, MEDIUM),
    description="""\
My grandmother walks with Fernway and hates being talked to while she does. I think that three or four sounds, placed
to the left or right, could say all she needs: *turn soon*, *turn now*, *you missed it*, *you are there*.

I am not sure how one tests this. Maybe with a blindfold and a friend?
""",
    outcomes="- A set of sounds under a free licence.\n- A setting that uses them instead of speech.",
    steps="",
    skills="An ear for sound. Some Kotlin.",
)

RIGHT_TO_LEFT = Idea(
    key="right-to-left",
    community="quillstone",
    title="Right-to-left and vertical text in the page view",
    summary="Turn pages in the direction in which a book is read, and set its lines as its readers expect them.",
    inserted_at="2013-08-05 14:00",
    mentors=["quillstone.mentor"],
    difficulty=(MEDIUM, DIFFICULT),
    required=("C",),
    preferred=("Vala", "Typography"),
    gsoc=True,
    verified_on="2013-08-28",
    description="""\
A book in Arabic begins where an English one ends. Quillstone sets its letters properly and then turns the pages the
wrong way round; footnotes, page numbers and the progress bar disagree about where the beginning is. Japanese novels,
set in columns, are laid on their side.

You would teach the page view the two directions it lacks. It helps to read a language that is written in one of them,
and if you do you will find ten more things that we got wrong, which is what we hope for.
""",
    outcomes="""\
- Pages, keys, gestures and the progress bar follow the direction of the book.
- Columns: lines from top to bottom, pages from right to left, punctuation in its place.
- A shelf of eight sample books in four scripts, with pictures of every page that the tests compare.
""",
    steps="""\
1. Put together the shelf, and write down for each book what is wrong today.
2. Separate "next" from "right" throughout the code.
3. Mirror the page view for books from right to left.
4. Lay out columns.

Step 2 touches a lot of code and is done in many small patches; you will have commits from the first week.
""",
    skills="C or Vala. Reading Arabic, Hebrew, Persian, Urdu, Chinese or Japanese is worth another year of C.",
    references="The Unicode bidirectional algorithm (UAX #9) and vertical text layout (UAX #50).",
    approved_by="quillstone",
    approved_at="2013-08-27 15:30",
    rounds=("round-7",),
)

FOOTNOTES = Idea(
    key="footnotes",
    community="quillstone",
    title="Footnotes that come to the reader",
    summary="Show a note beside its line, read it aloud when asked, and never lose the reader's place.",
    inserted_at="2013-08-06 14:30",
    mentors=["quillstone.mentor", "intern3"],
    difficulty=(BASIC, MEDIUM),
    preferred=("Vala", "Accessibility"),
    verified_on="2013-08-28",
    description="""\
Following a footnote in an electronic book is a small adventure. You press on a number the size of an ant, land fifty
pages further on, and have to find the way back. With a screen reader it is worse: one hears "link, twelve", and
nothing of what it is for.

In this project the note comes to you. It opens beside its line, closes with one key, is announced as a note by screen
readers, and can be skipped or spoken when the book is read aloud.
""",
    outcomes="""\
- Notes of the three kinds that books use are recognised, with tests for each.
- A note opens in place by finger, mouse and key, and the place in the text is kept.
- Orca announces a note and reads it. Two people who use it every day have tried it.
""",
    steps="""\
1. Collect how books mark their notes: forty books are on our shelf.
2. Recognise them, and write tests.
3. Design the note's little window together with two readers.
4. Build it.
5. Add it to reading aloud.
""",
    skills="""\
Any programming language well enough to learn Vala in a few weeks; it resembles C#. Interest in accessibility, which
you will come to know thoroughly.
""",
    references="EPUB 3 on footnotes, and the documentation of ATK.",
    approved_by="quillstone",
    approved_at="2013-08-27 15:50",
    rounds=("round-7",),
)

READ_ALOUD = Idea(
    key="read-aloud",
    community="quillstone",
    title="Reading aloud with the right pauses",
    summary="A voice that breathes at commas, stops at headings and does not read out page numbers.",
    inserted_at="2012-11-25 16:00",
    mentors=["quillstone.mentor"],
    preferred=("Vala", "Python"),
    description="""\
Quillstone can read aloud, in one breath, from the cover to the index. This project gives the voice the structure that
the eye has: pauses, headings, quotations, and things that are not to be read at all.
""",
    outcomes="""\
- Pauses follow the structure of the book; a reader can make them longer or shorter.
- Page numbers and running titles are skipped.
- A recording of one chapter before and after is published, and ten listeners say which they prefer.
""",
    steps="""\
1. Mark up three chapters by hand, and listen.
2. Derive the marks from the book's own structure.
3. Add the settings.
4. Make the recordings.
""",
    skills="Vala, C# or Java; a good ear.",
    approved_by="quillstone",
    approved_at="2012-12-05 14:10",
    rounds=("round-6",),
)

OTHER_IDEAS = [KERBS, VALLEY, NIGHT, TIMETABLES, SOUND_CUES, RIGHT_TO_LEFT, FOOTNOTES, READ_ALOUD]
