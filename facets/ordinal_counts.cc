// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/ordinal_counts.h"

#include <algorithm>
#include <array>
#include <variant>

#include "core/target_clones.h"

namespace aisle {
namespace {

// How many words of two bitmaps are and-ed and counted in the time of reading one document's code.
constexpr uint32_t kWordsPerCode = 3;
constexpr size_t kFewCodes = 256;

// visit(code) for each document. The codes are read some at a time before any is visited: a
// processor waits for many reads at once, unless writes stand between them.
template <typename Visit>
void ForEachCode(const OrdinalColumn& column, std::span<const DocId> docs, const Visit& visit) {
  constexpr size_t kAtATime = 128;
  column.codes().Visit([&](const auto* codes, size_t) {
    std::array<uint32_t, kAtATime> read;
    for (size_t begin = 0; begin < docs.size(); begin += kAtATime) {
      const size_t count = std::min(kAtATime, docs.size() - begin);
      for (size_t i = 0; i < count; ++i) read[i] = static_cast<uint32_t>(codes[docs[begin + i]]);
      for (size_t i = 0; i < count; ++i) visit(read[i]);
    }
  });
}

// Adds to counters[code] how many of the documents have it. Documents with the same code follow
// upon another often where there are few codes, and an increment has to wait for the one before it:
// four tables take turns.
template <typename ForEachCode>
void CountFewCodes(const ForEachCode& for_each_code, Counters* counters) {
  std::array<uint32_t, 4 * kFewCodes> tables{};
  size_t turn = 0;
  for_each_code([&](uint32_t code) {
    ++tables[turn + code];
    turn = (turn + kFewCodes) % tables.size();
  });
  for (size_t code = 0; code < counters->size(); ++code) {
    for (size_t table = 0; table < tables.size(); table += kFewCodes) {
      (*counters)[code] += tables[table + code];
    }
  }
}

AISLE_TARGET_CLONES
void AddTo(uint32_t* counts, std::span<const uint32_t> more) {
  for (size_t i = 0; i < more.size(); ++i) counts[i] += more[i];
}

}  // namespace

void OrdinalCounts::Add(const AnyColumn& column, const Matches& matches, const CodeTally& tally) {
  const auto* ordinals = std::get_if<OrdinalColumn>(&column);
  if (ordinals == nullptr || matches.Count() == 0) return;
  if (!tally.counts.empty()) {
    return SpreadAll(*ordinals, tally.counts.first(ordinals->code_count()));
  }
  if (!tally.codes.empty()) {
    return CountCodes(*ordinals, tally.codes.size(), [&](const auto& visit) {
      for (const uint16_t code : tally.codes) visit(code);
    });
  }
  if (!matches.is_list()) {
    const uint32_t to_read = std::min(matches.Count(), ordinals->size() - matches.Count());
    const uint64_t words = uint64_t{ordinals->size()} / 64 * ordinals->code_count();
    if (ordinals->has_sets() && words < uint64_t{to_read} * kWordsPerCode) {
      return CountSets(*ordinals, matches.set());
    }
    if (to_read < matches.Count()) return CountOthers(*ordinals, matches.set());
  }
  CountCodes(*ordinals, matches.Count(),
             [&](const auto& visit) { ForEachCode(*ordinals, matches.list(), visit); });
}

template <typename ForEachCode>
void OrdinalCounts::CountCodes(const OrdinalColumn& column, size_t count,
                               const ForEachCode& for_each_code) {
  const std::span<const uint32_t> values = column.only_values();
  const bool has_few_codes = column.code_count() <= kFewCodes;
  if (count >= column.code_count() && (has_few_codes || column.ordinal_codes() == 0)) {
    Counters counters(column.code_count());
    if (has_few_codes) {
      CountFewCodes(for_each_code, &counters);
    } else {
      for_each_code([&](uint32_t code) { ++counters[code]; });
    }
    SpreadAll(column, counters.span());
  } else if (const uint32_t end = column.ordinal_codes(); end > 0) {
    for_each_code([&](uint32_t code) {
      if (code < end) ++counts_[code];
    });
  } else if (values.empty()) {
    for_each_code([&](uint32_t code) { Spread(column, code, 1); });
  } else {
    for_each_code([&](uint32_t code) {
      if (values[code] != OrdinalColumn::kNoValue) ++counts_[values[code]];
    });
  }
}

void OrdinalCounts::SpreadAll(const OrdinalColumn& column, std::span<const uint32_t> counters) {
  const std::span<const uint32_t> values = column.only_values();
  if (const uint32_t end = column.ordinal_codes(); end > 0) {
    return AddTo(counts_.data(), counters.first(std::min<size_t>(end, counters.size())));
  }
  if (values.empty()) {
    for (uint32_t code = 0; code < counters.size(); ++code) {
      if (counters[code] > 0) Spread(column, code, counters[code]);
    }
    return;
  }
  for (uint32_t code = 0; code < counters.size(); ++code) {
    if (values[code] != OrdinalColumn::kNoValue) counts_[values[code]] += counters[code];
  }
}

void OrdinalCounts::CountOthers(const OrdinalColumn& column, const DocSet& matches) {
  for (uint32_t code = 0; code < column.code_count(); ++code) {
    Spread(column, code, column.DocumentCount(code));
  }
  DocSet others = matches;
  others.Complement();
  // Counters are unsigned: taking away wraps around and back.
  const Matches not_matching(std::move(others));
  ForEachCode(column, not_matching.list(), [&](uint32_t code) { Spread(column, code, ~0u); });
}

void OrdinalCounts::CountSets(const OrdinalColumn& column, const DocSet& matches) {
  for (uint32_t code = 0; code < column.code_count(); ++code) {
    Spread(column, code, matches.CountCommon(column.Set(code)));
  }
}

uint32_t OrdinalCounts::CountOf(std::string_view text) const {
  const auto ordinal = dictionary_.Find(text);
  return ordinal ? CountOf(*ordinal) : 0;
}

}  // namespace aisle
