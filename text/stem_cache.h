// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snowball stemming with a memory. Stemming is the slowest step of analysis and a catalog repeats
// its words, so each thread keeps the stems of recent words: a table with one place per hash, where
// a newer word replaces an older one. It never grows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <xapian.h>

namespace aisle {

// For one thread: a Xapian::Stem may not be shared.
class StemCache {
 public:
  // Whether Xapian has the Snowball language; Internal error if not.
  static absl::Status Check(std::string_view language);

  // The calling thread's cache of a language that passed Check(); it lives as long as the thread.
  static StemCache& OfThisThread(std::string_view language);

  // The stem of a word in folded form. The reference is valid until the next call.
  const std::string& Stem(const std::string& word);

 private:
  static constexpr std::size_t kPlaces = 16384;  // About 1 MB.
  struct Entry {
    std::string word;
    std::string stem;
  };

  explicit StemCache(std::string_view language);

  const Xapian::Stem stem_;
  std::vector<Entry> places_;
};

}  // namespace aisle
