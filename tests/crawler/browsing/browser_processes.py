"""Chromium processes below a process, from /proc."""

from __future__ import annotations

from pathlib import Path


def browsers_below(top: int) -> list[int]:
    """Process ids of the browsers (not their helpers) that descend from a process."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            head, _, rest = (folder / "stat").read_text().rpartition(")")
            command = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:  # it ended meanwhile
            continue
        fields = rest.split()
        if fields[0] == "Z":
            continue
        parents[int(folder.name)] = int(fields[1])
        names[int(folder.name)] = head.partition("(")[2] if "--type=" not in command else ""
    found = []
    for process, name in names.items():
        above = process
        while above in parents and above != top:
            above = parents[above]
        if above == top and process != top and name.startswith(("chrom", "headless", "google-chrome", "msedge")):
            found.append(process)
    return found
