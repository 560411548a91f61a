# SPDX-License-Identifier: GPL-3.0-or-later
"""What the measurements of freshness share: jobs that run side by side for a while, and what the probes saw."""

import threading
import time


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


def run_jobs(jobs, over, seconds):
    """Runs functions with their arguments, each on a thread, until `over` is set, after so many seconds."""
    threads = [threading.Thread(target=job[0], args=job[1:]) for job in jobs]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    over.set()
    for thread in threads:
        thread.join()


def milliseconds(values):
    return (f"p50 {quantile(values, .5) * 1000:.1f} ms, p99 {quantile(values, .99) * 1000:.1f} ms, "
            f"max {max(values, default=float('nan')) * 1000:.1f} ms")


def print_probes(**seen_by_name):
    for name, seen in seen_by_name.items():
        if seen:
            print(f"{name.replace('_', ' ')}, {len(seen)} probes: {milliseconds(seen)}")
