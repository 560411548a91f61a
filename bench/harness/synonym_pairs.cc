// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/harness/synonym_pairs.h"

#include <fstream>

#include "bench/harness/product.h"

namespace aisle::bench {
namespace {

std::string PathIn(const std::string& folder) { return folder + "/synonyms.tsv"; }

}  // namespace

absl::Status WriteSynonyms(const std::vector<SynonymPair>& pairs, const std::string& folder) {
  std::ofstream out(PathIn(folder), std::ios::binary);
  for (const auto& [a, b] : pairs) out << a << '\t' << b << '\n';
  out.close();
  if (!out) return ResourceExhausted("cannot write {}: is the disk full?", PathIn(folder));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SynonymPair>> ReadSynonyms(const std::string& folder) {
  std::vector<SynonymPair> pairs;
  RETURN_IF_ERROR(ForEachLine(PathIn(folder), [&](std::string_view line) -> absl::Status {
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return InvalidArgument("a pair is two words and a tab");
    pairs.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    return absl::OkStatus();
  }));
  return pairs;
}

}  // namespace aisle::bench
