// SPDX-License-Identifier: GPL-3.0-or-later
//
// ImportSummary: how an import went, counted as the results come, told at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace aisle {

struct Rejection {
  uint64_t line = 0;  // of the file
  std::string id;     // empty if unknown
  std::string reason;
  int code = 0;  // HTTP's
};

// Bounded: remembers the first rejections and a limited number of kinds of reasons. Not thread
// safe.
class ImportSummary {
 public:
  static constexpr size_t kShownMax = 10;

  void NoteLine(uint64_t line) { last_line_ = line; }
  void NoteInterrupted() { interrupted_ = true; }
  void AddImported() { ++imported_; }
  void AddRejected(Rejection rejection);

  uint64_t imported() const { return imported_; }
  uint64_t rejected() const { return rejected_; }
  bool interrupted() const { return interrupted_; }
  // nullptr if nothing was rejected.
  const Rejection* first_rejected() const { return first_.empty() ? nullptr : &first_.front(); }

  // For people, over several lines.
  std::string Text(std::string_view collection, double seconds) const;
  // Members imported, rejected, interrupted, last_line, seconds, documents_per_second, reasons,
  // first_rejected.
  Json::Object ToJson(double seconds) const;

 private:
  struct Reason {
    std::string text;
    uint64_t count = 0;
    uint64_t first_line = 0;
  };
  std::vector<Reason> MostFrequent() const;

  uint64_t imported_ = 0;
  uint64_t rejected_ = 0;
  uint64_t last_line_ = 0;  // of those that were read, in the file
  bool interrupted_ = false;
  std::vector<Rejection> first_;
  std::vector<Reason> reasons_;
};

// What reasons of one kind have in common: quoted values, numbers and the like are left out.
std::string KindOfReason(std::string_view reason);

}  // namespace aisle
