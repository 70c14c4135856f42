"""Xen's ideas: the titles, levels and days of its Round 7 page, in words of our own."""

from opw.site.demo.shapes import Idea, Point
from projects.models import Difficulty

ROUND_7 = ("round-7",)
BASIC, MEDIUM, DIFFICULT = Difficulty.BASIC, Difficulty.MEDIUM, Difficulty.DIFFICULT

POWERCLAMP = Idea(
    key="powerclamp",
    community="xen",
    title="Introducing PowerClamp-like driver for Xen",
    summary="Let whoever runs a machine cap the power it draws, by making idle processors stay idle for longer.",
    inserted_at="2013-01-22 10:30",
    mentors=["mentor3"],
    difficulty=(MEDIUM, DIFFICULT),
    gsoc=True,
    required=("C", "Concurrency"),
    preferred=("Git", "Schedulers"),
    description="""\
A rack in a data centre has a budget of watts. When the cooling fails or the grid is strained, somebody has to make
the machines draw less, at once, without switching any of them off. Linux learned to do this with its PowerClamp
driver: it watches how idle the processors are and, when that is too little, forces them to rest for short slices of
time that all of them share.

On a machine that runs Xen it is the hypervisor, not any one Linux, that decides which processor works and which one
rests. The same idea therefore has to find its place in Xen's own scheduler, *credit*. You would work that place out,
build it, and measure that asking for 30 % idleness gives 30 %.

The code you would change is short. What makes it a challenge is that many processors run it at once: you will learn
to see races and deadlocks before they happen, which is a skill for life.
""",
    outcomes="""\
- Xen keeps its processors idle for a share of time that an administrator sets.
- The share can be set and read: from `xl`, or with the tools that Linux has for PowerClamp, or both.
- A measurement on at least two workloads shows how close the real share comes to the one asked for.
- The patches are posted to xen-devel, and the reviews answered.
""",
    steps="""\
1. Read the scheduler *credit* with your mentor, and write down in one page how a processor becomes idle.
2. Compare ways to force idleness: a priority above all others, or taking credit away. Choose one on the mailing list.
3. Build it behind a boot option, for a fixed share.
4. Make the share adjustable while the machine runs.
5. Measure, and post the series for review.

**Stretch:** take turns fairly, so that it is not always the same guest that loses its time.
""",
    skills="""\
You write C and are not afraid of a debugger. You have used locks, in a course or in a program, and can say what a
deadlock is. You can read a diff and make a commit. Knowledge of schedulers is welcome; you will have it afterwards.
""",
    references="""\
- An article on PowerClamp in the Linux Weekly News of late 2012; your mentor has a subscriber's link to share.
- `xen/common/sched_credit.c` in the source tree.
""",
    system_requirements="A machine or a nested virtual machine with two or more cores that you may crash at will.",
    approved_by="xen",
    approved_at="2013-02-20 09:10",
    rounds=ROUND_7,
)

VNUMA = Idea(
    key="vnuma",
    community="xen",
    title="Virtual NUMA for Xen guests",
    summary="Show a large virtual machine which part of its memory is near to which of its processors.",
    inserted_at="2012-12-12 09:00",
    mentors=["mentor2"],
    gsoc=True,
    required=("C", "Computer architecture"),
    preferred=("Virtualisation", "Linux"),
    description="""\
In a large server not all memory is equally far away. Each group of processors, a *node*, has memory of its own, and
reaching into another node's memory takes longer. Operating systems know this as NUMA and place their programs with
care.

Xen tries to put a whole virtual machine on one node. When the machine is too big for that, it is spread over several
nodes, and the system inside has no way of knowing: to it, all memory looks the same, so it places programs blindly
and some of them run slowly for no visible reason.

In this project you give the guest a map: a *virtual* NUMA layout that says which of its memory is close to which of
its processors. A guest that can read such maps already will then make good decisions by itself.
""",
    outcomes="""\
- A design, discussed on xen-devel, of how a guest's layout is described, stored and kept when it moves.
- A series of patches for paravirtualised (PV) guests, merged or with all reviews answered.
- A second series for guests that use hardware virtualisation (HVM).
- A Linux guest shows its layout in `numactl --hardware`, and one benchmark runs measurably better with it.
""",
    steps="""\
1. Learn how Xen places memory today. Collect what a layout would touch: ballooning, saving, migration, `xl`. Write
   it down as a design and ask for comments.
2. Build it for PV guests, from the configuration file to the hypercall to the guest kernel.
3. Build it for HVM guests, where the firmware's tables carry the map.

Each step ends with patches on the mailing list. If the second takes longer than planned, the third becomes optional.
""",
    skills="""\
Good C. You know what a cache and a page table are, and are curious about what lies beneath an operating system. You
have seen a virtual machine from the outside; the inside is what you will learn.
""",
    references="The roadmap *Xen and NUMA* on the Xen wiki, and the chapter on SRAT and SLIT of the ACPI standard.",
    system_requirements="""\
A machine with two nodes helps, and we can lend you one over the network. QEMU can pretend to have several nodes,
which is enough for most of the work.
""",
    approved_by="xen",
    approved_at="2013-02-20 09:25",
    rounds=ROUND_7,
)

BALLOONING = Idea(
    key="ballooning",
    community="xen",
    title="NUMA aware ballooning for Xen",
    summary="When memory is taken back from running guests to start another one, take it where it will be needed.",
    inserted_at="2012-12-12 09:40",
    mentors=["mentor2"],
    gsoc=True,
    required=("C",),
    preferred=("Virtualisation", "Linux"),
    description="""\
Xen can start a virtual machine even when all memory is given out: it asks the running ones to hand some back. Inside
each guest a driver "inflates a balloon", that is, it claims memory it does not use and returns it to Xen.

Today nobody asks *where* the returned memory lies. On a machine with several NUMA nodes half of it may come from one
node and half from another. The new guest then fits on no single node, although enough room could have been made on
one, and it is slow for as long as it lives.

Your task is to make ballooning think in nodes: to ask for memory from the node that the new guest is meant for, and
to say honestly when that cannot be done.
""",
    outcomes="""\
- The documentation of ballooning, on the wiki and in the source tree, says what the code does.
- Memory is reclaimed from the node that is asked for, in the hypervisor, in the guest's driver, or in both.
- A test starts a guest on a full two-node machine and finds all of its memory on one node.
- The patches are on xen-devel, and their reviews are answered.
""",
    steps="""\
1. Follow one page of memory through a balloon, from the request to the moment when Xen owns it again. Correct the
   documentation wherever it is wrong; those are your first patches.
2. Find out with your mentor where a change does the most good: hypervisor, guest driver, or toolstack.
3. Make the change, with a test.

**Optional:** let `xl` explain in advance how much of each node could be freed.
""",
    skills="C, and patience with code that was written by many hands. No knowledge of NUMA is needed beforehand.",
    references="The page on NUMA placement in the Xen wiki; `drivers/xen/balloon.c` in Linux.",
    system_requirements="As for *Virtual NUMA*: two nodes, real, borrowed or pretended.",
    approved_by="xen",
    approved_at="2013-02-20 09:35",
    rounds=ROUND_7,
)

SEDF = Idea(
    key="sedf",
    community="xen",
    title="Temporal Isolation and Multiprocessor Support in the SEDF Scheduler",
    summary="Turn Xen's real-time scheduler into one that keeps its promises, on more than one processor.",
    inserted_at="2012-08-08 13:15",
    mentors=["mentor2"],
    difficulty=(BASIC, MEDIUM),
    gsoc=True,
    required=("C",),
    preferred=("Schedulers", "Real-time systems"),
    description="""\
A hypervisor in a car or in a factory has to be punctual. A guest that steers a motor needs its two milliseconds in
every ten, whatever its neighbours do. *Earliest deadline first* is the classic way to promise that, and Xen has a
scheduler of that kind, SEDF.

It has two weaknesses. When a guest goes to sleep and wakes up again, SEDF tries to treat every case by a rule of its
own, gets some of them wrong, and one guest can then eat into the time of another. And it treats each processor as an
island: guests do not move to one that is free unless somebody moves them by hand.

The cure for the first is well understood: the *constant bandwidth server*, a short algorithm that replaces all of
the special rules. For the second, processors that are close to each other can share one queue. You would bring both
into Xen.
""",
    outcomes="""\
- One series of patches for each phase, posted to xen-devel, with the reviews answered.
- Isolation: `cyclictest` in one guest misses no deadline while another guest does its worst; the numbers before and
  after are published.
- Several processors: guests spread over all of them without being pinned by hand.
""",
    steps="""\
1. Replace the rules for sleeping and waking by the constant bandwidth server. Reading the paper that introduced it,
   with your mentor, belongs to this step.
2. Give each group of processors that share a cache one queue instead of one queue each.
3. **Optional:** balance between the queues.

Each phase is useful without the next one.
""",
    skills="C, and real interest in how a scheduler decides. If you like proofs, you will have a good time.",
    references="Abeni and Buttazzo's paper on the constant bandwidth server; `xen/common/sched_sedf.c`.",
    points=(
        Point(
            by="mentor4",
            at="2013-02-11 09:36",
            section="steps",
            body="""\
I cannot tell from the phases when each of them is *done*. What would an intern hand in after studying the algorithm?
And which numbers should a benchmark reach before we call the isolation proper? It is also unclear to me whether
support for several processors is a result of the first phase or work of its own.
""",
            answered_by="mentor2",
            answered_at="2013-03-13 10:20",
            answer="""\
Fair. Studying is no longer a phase; it belongs to the work on the first one. The outcomes now name the workloads and
what they have to show, and several processors are phases two and three, by themselves.
""",
            resolved_at="2013-03-14 08:50",
        ),
    ),
    approved_by="xen",
    approved_at="2013-03-15 11:00",
    rounds=ROUND_7,
)

HOTPLUG = Idea(
    key="hotplug",
    community="xen",
    title="Refactor Linux hotplug scripts",
    summary="Untangle the shell scripts that connect disks and networks to guests, and write down what they promise.",
    inserted_at="2012-11-15 15:45",
    mentors=["mentor7"],
    required=("Shell",),
    preferred=("C", "Networking"),
    description="""\
When a guest gets a disk or a network card, Xen calls a *hotplug script*: a shell script that sets up the bridge, the
loop device, the firewall rule. There are many of them, for many kinds of storage and networks, and they have grown
into each other. Administrators are meant to adapt them to their own machines. Few dare.

You would first find out and write down what each script does, and then take them apart: what they have in common
goes into shared files with clear functions, and what remains is short enough to be understood at a glance.
""",
    outcomes="""\
- A page for each kind of script (network, block) that says what Xen calls it with, and what it must do.
- Shared functions with a documented interface, and every script rewritten to use them, in one style.
- The old and the new scripts leave a machine in the same state; a test that compares the two runs in `osstest`.
- One new script, for Open vSwitch, as a proof that writing one has become easy.
""",
    steps="""\
1. Trace each script while a guest starts and stops, and document it.
2. Design the shared functions; show them to the list before you use them.
3. Move the scripts over, one at a time, each in a patch of its own.
4. Write the new script.

**Optional:** a script for a network file system such as GlusterFS or Ceph.
""",
    skills="Good shell, and the nose for what can go wrong in it. Some C, to see who calls the scripts.",
    references="`tools/hotplug/Linux/` in the source tree, and the wiki's pages on networking.",
    system_requirements="Any machine on which you can run Xen, a virtual one included.",
    points=(
        Point(
            by="mentor4",
            at="2013-02-11 09:49",
            section="outcomes",
            body="""\
Tidying up is not much of a goal by itself. Could writing down the scripts' behaviour be a deliverable, for each kind
and not only in general? I would also like one new set of scripts at the end, so that there is something to show.
""",
            answered_by="mentor7",
            answered_at="2013-02-18 19:30",
            answer="Both are outcomes now: a page for each kind of script, and a new one for Open vSwitch.",
            resolved_at="2013-02-19 09:00",
        ),
    ),
    approved_by="xen",
    approved_at="2013-02-21 12:00",
    rounds=ROUND_7,
)

XEN_LOW_LEVEL_IDEAS = [POWERCLAMP, VNUMA, BALLOONING, SEDF, HOTPLUG]
