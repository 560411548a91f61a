// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/index_schema.h"

#include <map>
#include <utility>

namespace aisle {

absl::StatusOr<std::shared_ptr<const IndexSchema>> IndexSchema::Create(
    Schema schema, const IndexSchema* previous) {
  auto result = std::make_shared<IndexSchema>();
  std::map<std::pair<std::string, bool>, std::shared_ptr<const Analyzer>> shared;
  if (previous != nullptr) result->fields_by_bit_ = previous->fields_by_bit_;
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    const Field& field = schema.fields()[i];
    result->analyzers_.emplace_back();
    result->search_bits_.push_back(-1);
    if (!field.IsSearched()) continue;
    std::shared_ptr<const Analyzer>& analyzer = shared[{field.locale, field.stem}];
    if (analyzer == nullptr) {
      auto created = Analyzer::Create({.locale = field.locale, .stem = field.stem});
      if (!created.ok()) {
        return WithContext(created.status(), fmt::format("field `{}`", field.name));
      }
      analyzer = *std::move(created);
    }
    result->analyzers_.back() = analyzer;
    const bool is_old =
        previous != nullptr && i < previous->search_bits_.size() && previous->search_bits_[i] >= 0;
    if (is_old) {
      result->search_bits_.back() = previous->search_bits_[i];
    } else {
      result->search_bits_.back() = static_cast<int>(result->fields_by_bit_.size());
      result->fields_by_bit_.push_back(i);
    }
  }
  result->schema_ = std::move(schema);
  return result;
}

}  // namespace aisle
