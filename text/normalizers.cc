// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/normalizers.h"

#include <cstdio>
#include <cstdlib>

namespace aisle {

const Normalizers& Normalizers::Get() {
  static const Normalizers& normalizers = *[] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc_case_fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) {
      std::fprintf(stderr, "ICU has no normalisation data: %s\n", u_errorName(status));
      std::abort();
    }
    return new Normalizers{*nfkc_case_fold, *nfd, *nfc};
  }();
  return normalizers;
}

}  // namespace aisle
