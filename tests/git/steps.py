#!/usr/bin/env python3
"""steps.py FILE.yml: the commands of a workflow or of jobs that call depotc, one a line."""
import sys

import yaml

document = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
jobs = document.get("jobs", document)
for job in jobs.values():
    for step in job.get("steps", []) + [{"run": line} for line in job.get("script", [])]:
        for line in step.get("run", "").splitlines():
            if line.startswith("depotc "):
                print(line)
