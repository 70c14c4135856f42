"""Xen's ideas for toolstacks, Mirage and testing; see ``ideas_xen``."""

from opw.site.demo.shapes import Idea, Point
from projects.models import Difficulty

ROUND_7 = ("round-7",)
BASIC, MEDIUM, DIFFICULT = Difficulty.BASIC, Difficulty.MEDIUM, Difficulty.DIFFICULT

XL_TO_XCP = Idea(
    key="xl-to-xcp",
    community="xen",
    title="XL to XCP VM motion",
    summary="Tools that carry a virtual machine from the xl toolstack to XCP, and back.",
    inserted_at="2012-11-15 09:05",
    mentors=["mentor4"],
    gsoc=True,
    preferred=("C", "OCaml", "Python"),
    description="""\
There are two ways to run guests on Xen. With `xl` a guest is a text file and a disk image, both lying where you put
them. With XCP it is an entry in a database, and its disks live in storage repositories that several machines share.
People start with the first and grow into the second, or the other way round, and today they do the moving by hand.

You would write two command-line tools. One reads an `xl` configuration, makes a guest as similar as possible in an
XCP pool and streams the disk into a repository. The other does the reverse. Which properties have to survive the
journey is decided early, in public; both kinds of guest (PV and HVM) are to be supported. The guest may be switched
off while it moves.

Should you and your mentor find that a common exchange format such as OVF gets there sooner, that is as good.
""",
    outcomes="""\
- A table that says which properties of a guest correspond to each other, and which get lost.
- Two tools, with manual pages, posted to xen-devel or xen-api and reviewed.
- A round trip, from `xl` to XCP and back, yields a guest that boots and has the same disks and networks.
""",
    steps="""\
1. Set up both toolstacks, and a guest or two on each.
2. See what each can export and import already.
3. Write the table of properties, and try a conversion by hand, in both directions. Document it: that is useful alone.
4. Choose how disk images are converted.
5. Write the tools, with their documentation.
6. Post them, and stay with the review until they are in.

**Stretch:** move a guest while it runs.
""",
    skills="One of C, OCaml or Python, well. You will talk to XCP over XML-RPC, which is quickly learnt.",
    references="The wiki's overview of XCP; the manual page of `xl.cfg`.",
    system_requirements="Two machines, or one that can nest two virtual ones.",
    channels="xen-api, beside xen-devel.",
    approved_by="xen",
    approved_at="2013-02-21 12:10",
    rounds=ROUND_7,
)

SNAPSHOTS = Idea(
    key="snapshots",
    community="xen",
    title="VM Snapshots",
    summary="Save a guest with its disk, and return to that moment whenever you want.",
    inserted_at="2013-01-16 14:00",
    mentors=["mentor5"],
    gsoc=True,
    required=("C",),
    preferred=("QEMU",),
    description="""\
`xl` can save a running guest to a file and restore it later. It saves the memory only: if the disk has changed in
between, the guest wakes up in a world that no longer fits. What is missing is the disk as it was at the same moment.

QEMU, which serves the disks of many guests, knows how to take snapshots of some image formats. One can ask it through
QMP, a protocol of small JSON messages, but `xl` and the library beneath it, libxl, have never learned to. You would
teach them, so that a user creates, lists, goes back to and deletes snapshots without knowing that QEMU is there.
""",
    outcomes="""\
- Calls in libxl for disk snapshots, general enough that another kind of storage can be added later.
- `xl` commands to create, list, restore and delete them, with manual pages.
- A test that writes a file in a guest, goes back to a snapshot, and no longer finds it.

**Stretch:** saving a guest takes a snapshot of its disks by itself, and a guest that moves brings its disks along.
""",
    steps="""\
1. Read how libxl treats storage, and send QEMU a few QMP commands by hand.
2. Propose the new calls on xen-devel.
3. Build them on top of QMP.
4. Add the commands to `xl`.

**Stretch:**

5. Join them to saving and restoring.
6. Look at QEMU's `drive-mirror`, and use it when a guest migrates.
""",
    skills="C. You have met JSON somewhere. Interest in how disks are stored; the formats are explained on the way.",
    references="QEMU's documentation of QMP; `tools/libxl/libxl_qmp.c`.",
    system_requirements="Any machine that runs Xen, with some 20 GB of free disk.",
    points=(
        Point(
            by="mentor4",
            at="2013-02-11 10:05",
            section="outcomes",
            body="""\
QEMU is where this begins, not where it should end. Please ask for an interface in libxl that would fit LVM or blktap
just as well, even if nobody implements those now.
""",
            answered_by="mentor5",
            answered_at="2013-02-12 17:40",
            answer="Agreed; it is the first outcome now, and the second step asks for comments on exactly that.",
            resolved_at="2013-02-13 10:15",
        ),
    ),
    approved_by="xen",
    approved_at="2013-02-21 12:20",
    rounds=ROUND_7,
)

FUZZING = Idea(
    key="fuzzing",
    community="xen",
    title="Fuzz testing Xen with Mirage",
    summary="Throw millions of random but plausible requests at Xen, and find out what breaks.",
    inserted_at="2012-11-28 06:20",
    mentors=["mentor6"],
    gsoc=True,
    required=("OCaml",),
    preferred=("C", "Testing"),
    description="""\
Mirage turns an OCaml program into a small virtual machine that runs on Xen with no operating system in between. That
makes it a fine instrument for testing Xen itself: such a program can make any hypercall, whenever it wants, and
another one starts in a blink when it has crashed.

The project builds a fuzzer in the manner of QuickCheck. It generates sequences of operations, from raw hypercalls up
to the management of a whole pool, runs them, and reports what went wrong in a way that a developer can act upon.
""",
    outcomes="",
    steps="""\
1. Build Mirage, and run its examples.
2. Make the few hypercalls that can be called from OCaml today the first to be fuzzed.
3. Take up one group of hypercalls after another: first its bindings, then its fuzzing.
""",
    skills="OCaml, or another functional language and the wish to learn it. Enough C to read Xen's side.",
    references="<http://openmirage.org>, and the examples in `mirage-skeleton`.",
    channels="cl-mirage: please join it before you begin.",
    points=(
        Point(
            by="mentor4",
            at="2013-02-11 10:05",
            section="description",
            body="""\
The hard parts are not mentioned yet:

- How is a run repeated that led to a crash?
- What happens when the fuzzer crashes *itself*? It has to be started again from where it was, and not from zero.
- Where does the log go when the host is what falls over, as it will when the fuzzer does its job well?
""",
            answered_by="mentor6",
            answered_at="2013-09-10 05:10",
            answer="""\
All three want a second machine that hands out the random seeds and keeps the log. I will describe it here; it needs
an outcome of its own, too.
""",
        ),
        Point(
            by="mentor4",
            at="2013-02-11 10:06",
            section="steps",
            body="""\
Please look at how *trinity* does this for Linux. It knows what an argument is supposed to be, a file, an address, and
passes a good one most of the time, so that one silly argument does not hide the errors behind all the others.
""",
        ),
        Point(
            by="xen",
            at="2013-09-12 08:30",
            section="outcomes",
            body="Nothing is written here. What would an intern have in hand at the end, and what makes it good?",
        ),
    ),
)

UNIKERNELS = Idea(
    key="unikernels",
    community="xen",
    title="Towards a multi-language unikernel substrate for Xen",
    summary="Compare the languages that run on Xen without an operating system, and give them a floor to share.",
    inserted_at="2012-11-28 06:50",
    mentors=["mentor6"],
    difficulty=(DIFFICULT, DIFFICULT),
    gsoc=True,
    required=("C",),
    preferred=("OCaml", "Haskell", "Erlang", "Java"),
    description="""\
OCaml, Haskell, Erlang and Java have each been made to run directly on Xen, as *unikernels*: one program, one virtual
machine, nothing beneath. Each of these efforts wrote its own way of starting up, its own memory management, its own
console. Some work well, some hardly build.

You would get to know them, say how each one works in terms that let them be compared, and begin what all of them
lack: a common library for what lies below the language.
""",
    outcomes="""\
- One document for each runtime that says how it works, from the first instruction to the program's own.
- A small set of benchmarks that runs on all that can be built, with its results.
- A library, in C, that at least two of the runtimes use instead of code of their own.
""",
    steps="""\
1. Build one unikernel, in the language you know best.
2. Describe it on two pages: what happens from power-on to the first line of your program.
3. Describe the others, with the first as a measure.
4. Propose what to share; build it for two runtimes.

The documents alone make the project worthwhile. If time gets short, the library may stay a prototype.
""",
    skills="C, and one of OCaml, Haskell, Erlang or Java. You like to look under the floorboards of a language.",
    references="The source trees of Mirage, HaLVM and Erlang on Xen.",
    channels="cl-mirage.",
    approved_by="xen",
    approved_at="2013-03-01 10:40",
    rounds=ROUND_7,
)

DEBIAN = Idea(
    key="debian",
    community="xen",
    title="Testing PV and HVM installs of Debian using debian-installer",
    summary="Teach Xen's test system to install Debian as its users do, and to try one kernel inside another.",
    inserted_at="2013-01-23 11:10",
    mentors=["mentor1", "mentor7"],
    difficulty=(BASIC, BASIC),
    gsoc=True,
    required=("Perl",),
    preferred=("Debian", "Testing"),
    description="""\
Nothing enters Xen's main branch before **osstest** has let it through. This system installs Xen on real machines,
starts guests, moves them about, and blames the change that broke something.

Its guests are made by a shortcut, though, that no user takes. You would make it run the installer that Debian really
ships, in both kinds of guest, PV and HVM. A second gap: the same kernel is always tested as host and as guest. Users
mix them, and so should the tests.

The code is Perl, the changes are small, and every one of them is in use the week after it is accepted.
""",
    outcomes="""\
- osstest installs Debian guests, PV and HVM, with the normal installer.
- It can test one kernel as the host's and another as the guest's.
- A public report recommends which pairs of kernels to test; what it recommends runs in production.
""",
    steps="""\
1. Make the functions that write answers for the installer general enough for guests, and add a script that uses them.
2. Get that into production.
3. Let a guest boot a kernel that does not come from Debian's archive. Get that into production too.
4. Choose the pairs of kernels, and write the report.
5. Help when the new tests are switched on, and find out why the first ones fail. Some will.
""",
    skills="Perl, or another scripting language and no fear of Perl. It helps if you have installed Debian once.",
    references="The archive of xen-devel has the test reports: look for messages by *osstest*.",
    system_requirements="None of your own: the tests run on machines of the Xen Project.",
    points=(
        Point(
            by="mentor4",
            at="2013-02-11 10:18",
            section="steps",
            body="""\
In the third step, where should the other kernel come from: an archive, or the host's file system? Debian's installer
always uses Debian's. And do you mean to try installations from a CD image as well, or over the network only? I would
gladly help with the parts that touch the installer.
""",
            answered_by="mentor1",
            answered_at="2013-02-11 14:45",
            answer="""\
From osstest's own builds; the step now says "does not come from Debian's archive". Over the network only for now; CD
images would make a good second project. And thank you, I will take you up on that!
""",
            resolved_at="2013-02-12 09:30",
        ),
    ),
    approved_by="xen",
    approved_at="2013-02-21 12:30",
    rounds=ROUND_7,
)

NETBSD = Idea(
    key="netbsd",
    community="xen",
    title="Testing NetBSD",
    summary="Put NetBSD through Xen's test system, as a host and as a guest.",
    inserted_at="2013-01-23 11:50",
    mentors=["mentor1"],
    difficulty=(BASIC, MEDIUM),
    gsoc=True,
    required=("Perl",),
    preferred=("NetBSD", "Testing"),
    description="""\
NetBSD was one of the first systems to run on Xen, and it still can be host and guest alike. Yet Xen's test system,
osstest, has never seen it, and so it breaks unnoticed from time to time. Its developers then find out last.

You would add NetBSD to the systems that osstest knows: first as the system a test machine is installed with, then as
the host on which Xen is built and started, and finally as a guest.
""",
    outcomes="""\
- osstest installs NetBSD on a bare machine without anybody at the keyboard, builds Xen on it, and starts guests.
- It installs NetBSD as a guest, on Linux or on NetBSD.
- A public report says which versions to test in which combinations; those tests run in production.
""",
    steps="""\
1. Install NetBSD by hand, then by a script, then by osstest.
2. Make the automatic build of Xen work there. Hand it in.
3. Install that build, on the system of the first step. Hand it in.
4. Get one kind of guest to start.
5. Reuse the first step for NetBSD guests. Hand it in.
6. Write the report, and help with switching it on.
""",
    skills="Perl or another scripting language. You have used some BSD, or would like to.",
    references="The NetBSD guide's chapter on Xen, and the test reports on xen-devel.",
    system_requirements="None of your own.",
    approved_by="mentor4",
    approved_at="2013-02-22 15:05",
    rounds=ROUND_7,
)

HYPERCALL_MAP = Idea(
    key="hypercall-map",
    community="xen",
    title="A map of the hypercalls",
    summary="One page per hypercall, for people who read the code for the first time.",
    inserted_at="2013-09-16 19:30",
    mentors=["mentor1"],
    difficulty=(BASIC, BASIC),
    preferred=("C", "Writing"),
    description="""\
Every newcomer asks the same question in the first week: a guest calls the hypervisor, and then what? The answer is in
the headers, if you know how to read them.

*(I would like this to be a project for somebody who enjoys writing. Outcomes and steps to follow; I want to talk to
Catriona about the format first.)*
""",
    outcomes="",
    steps="",
    skills="Reading C, and writing clear English.",
    is_published=False,
)

XEN_TOOL_IDEAS = [XL_TO_XCP, SNAPSHOTS, FUZZING, UNIKERNELS, DEBIAN, NETBSD, HYPERCALL_MAP]
