"""A round to try the portal with: people, ideas and applications, played up to the phase that one wants to see.

It is told in the days of OPW's Round 7, autumn 2013, and moved by whole days so that the phase is the one of today.
Read in this order: ``calendar`` (when), ``shapes`` (what the texts look like), the texts (``people``, ``communities``,
``ideas_…``, ``starter_tasks``, ``candidacies…``), the deeds (``arriving``, ``proposing``, ``beginning``, ``applying``,
``deciding``), and ``building``, which plays them.
"""
