"""The starter tasks of the demo round: one is done, one is being worked on, the others are free."""

from opw.site.demo.shapes import Task
from projects.models import StarterTask

Size = StarterTask.Size

TASKS = [
    Task(
        "debian", "2013-09-24 08:00", "Find the places that expect English from the installer",
        "https://bugs.example.org/osstest/31", Size.DAYS,
        "Run the installation in another language, in standalone mode, and see where the scripts wait for ever.",
        claimed_by="applicant8", claimed_at="2013-10-08 18:30",
    ),
    Task(
        "debian", "2013-09-24 08:10", "Print how long each step of an installation took",
        "https://bugs.example.org/osstest/34", Size.DAY,
        "The times are in the log already; the summary leaves them out. `report_time` is the place to begin.",
        claimed_by="applicant2", claimed_at="2013-10-30 21:40",
    ),
    Task(
        "debian", "2013-09-24 08:20", "Try the steps of the README on a fresh machine, and mend what does not work",
        "https://bugs.example.org/osstest/12", Size.AFTERNOON,
        "Nobody who wrote it can still read it with new eyes. You can.",
    ),
    Task(
        "vnuma", "2013-09-25 09:00", "Say in the manual page what each column of `xl info -n` means",
        "https://bugs.example.org/xen/208", Size.AFTERNOON,
        "It is finished when somebody who has never seen a NUMA machine can read the table.",
    ),
    Task(
        "ballooning", "2013-09-25 09:20", "Write a script that shows a guest's memory while it balloons",
        "https://bugs.example.org/xen/215", Size.DAY,
        "One line a second is enough. You will need it again and again later.",
    ),
    Task(
        "night", "2013-09-26 18:00", "Collect ten pictures of maps at night, with what one cannot read on them",
        "https://fernway.example.org/wiki/night/pictures", Size.AFTERNOON,
        "Paper or screen, yours or others', as long as the licence lets us show them.",
    ),
    Task(
        "footnotes", "2013-09-26 20:00", "Write down how five books of the shelf mark their notes",
        "https://git.example.org/quillstone/reader/issues/77", Size.DAY,
        "A table with an example of each; it becomes the first test.",
    ),
]  # fmt: skip
