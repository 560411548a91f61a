// SPDX-License-Identifier: GPL-3.0-or-later
//
// The root locale's word iterator finds all dictionaries by script, so one serves every locale. The
// prototype is never iterated, only cloned; UText lets ICU read UTF-8 in place and answer in bytes.
#include "text/dictionary_break.h"

#include <memory>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "core/status.h"

namespace aisle {
namespace {

struct Prototype {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<const icu::BreakIterator> iterator;

  Prototype() {
    iterator.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  }

  static const Prototype& Get() {
    static const Prototype& prototype = *new Prototype();
    return prototype;
  }
};

icu::BreakIterator* IteratorOfThisThread() {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator(
      U_SUCCESS(Prototype::Get().status) ? Prototype::Get().iterator->clone() : nullptr);
  return iterator.get();
}

}  // namespace

absl::Status LoadDictionaries() {
  const UErrorCode status = Prototype::Get().status;
  if (U_SUCCESS(status)) return absl::OkStatus();
  return Internal("ICU word break rules cannot be loaded: {}", u_errorName(status));
}

void BreakByDictionary(std::string_view run, std::vector<std::size_t>* ends) {
  ends->clear();
  icu::BreakIterator* iterator = IteratorOfThisThread();
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, run.data(), static_cast<int64_t>(run.size()), &status);
  if (iterator != nullptr) iterator->setText(&text, status);
  if (iterator == nullptr || U_FAILURE(status)) {
    ends->push_back(run.size());
  } else {
    iterator->first();
    for (int32_t end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next()) {
      ends->push_back(static_cast<std::size_t>(end));
    }
  }
  utext_close(&text);
}

}  // namespace aisle
