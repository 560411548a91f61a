// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether the difference of two systems over the same queries is more than chance. What is tested
// is that the differences have the mean 0; both tests are two-sided. For their use in retrieval:
// Smucker, Allan, Carterette, "A comparison of statistical significance tests for information
// retrieval evaluation" (CIKM 2007).
#pragma once

#include <cstdint>
#include <vector>

namespace aisle {

// Student's paired t-test over the differences. 1 if there are fewer than two or all are 0; 0 if
// all are the same and not 0.
double PairedTTest(const std::vector<double>& differences);

// The probability that |t| or more comes by chance with so many degrees of freedom (above 0).
double StudentTwoSided(double t, double degrees_of_freedom);

struct RandomisationOptions {
  uint32_t rounds = 10000;
  uint32_t seed = 1;
};

// Fisher's randomisation test: the part of all assignments of signs to the differences whose |sum|
// is at least that of the real one. All assignments are tried if they are no more than `rounds`,
// else `rounds` random ones, and the real one counts as one of them. 1 if all differences are 0.
double RandomisationTest(const std::vector<double>& differences,
                         const RandomisationOptions& options);

}  // namespace aisle
