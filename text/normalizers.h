// SPDX-License-Identifier: GPL-3.0-or-later
//
// The normalisation forms of ICU that text analysis uses: constant, usable from every thread, alive
// as long as the program. Get() ends the program if ICU comes without its data, which is a broken
// installation and no input's fault.
#pragma once

#include <unicode/normalizer2.h>

namespace aisle {

struct Normalizers {
  const icu::Normalizer2& case_fold;  // NFKC_Casefold
  const icu::Normalizer2& decompose;  // NFD
  const icu::Normalizer2& compose;    // NFC

  static const Normalizers& Get();
};

}  // namespace aisle
