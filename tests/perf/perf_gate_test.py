# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate itself, with numbers that were made up."""

import unittest

import perf_gate

RECORDED = {"top10": {"aisle": 1000}}
MEASURED = {"aisle": 1000, "reference": 4000, "time_ratio": 4.0}

DUMP = """# callgrind format
version: 1
part: 3
desc: Trigger: Client Request: aisle top10_facets3 50
summary: 123456
fn=(1) main
1 123456
totals: 123456
"""


class PerfGateTest(unittest.TestCase):
    def mistakes(self, **changed):
        return perf_gate.mistakes(RECORDED, {"top10": {**MEASURED, **changed}})

    def test_the_same_passes(self):
        self.assertEqual(self.mistakes(), [])

    def test_fewer_instructions_and_a_little_more_pass(self):
        self.assertEqual(self.mistakes(aisle=500), [])
        self.assertEqual(self.mistakes(aisle=1099), [])

    def test_more_instructions_fail(self):
        (line,) = self.mistakes(aisle=1110)
        self.assertIn("top10: 1,110 instructions for a query, 1.11 times the recorded 1,000", line)

    def test_a_ratio_below_its_bound_fails(self):
        self.assertEqual(self.mistakes(time_ratio=1.0), [])
        (line,) = self.mistakes(time_ratio=0.9)
        self.assertIn("0.90 times Aisle's CPU time: allowed are 1.00 or more", line)

    def test_a_work_that_the_arrays_do_otherwise_has_no_bound(self):
        measured = {"suggest_uncached": {**MEASURED, "time_ratio": 0.1}}
        self.assertEqual(perf_gate.mistakes({"suggest_uncached": {"aisle": 1000}}, measured), [])

    def test_works_that_are_missing_on_either_side_fail(self):
        self.assertEqual(perf_gate.mistakes(RECORDED, {}), ["top10 was not measured"])
        self.assertEqual(perf_gate.mistakes({}, {"top10": MEASURED}), ["top10 is not recorded"])

    def test_a_dump_is_read(self):
        self.assertEqual(perf_gate.read_dump(DUMP), ("aisle", "top10_facets3", 2469))
        self.assertIsNone(perf_gate.read_dump(DUMP.replace("Client Request", "Program termination")))

    def test_ratios_are_of_cpu_times(self):
        self.assertEqual(perf_gate.time_ratios('{"work":"top10","aisle":2.0,"reference":5.0}\n'), {"top10": 2.5})


if __name__ == "__main__":
    unittest.main()
