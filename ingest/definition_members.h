// SPDX-License-Identifier: GPL-3.0-or-later
//
// DefinitionMembers: reads the members of one JSON object of a definition and collects everything
// that is wrong with them. Not thread safe; the JSON and the list must outlive it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/strings/str_join.h>

#include "core/json.h"
#include "core/status.h"

namespace aisle {

class DefinitionMembers {
 public:
  DefinitionMembers(const Json& json, std::string where, std::vector<std::string>* mistakes)
      : json_(json), where_(std::move(where)), mistakes_(mistakes) {
    if (!json.is_object()) {
      Complain("", fmt::format("it is {}: it must be an object", json.TypeNameWithArticle()));
    }
  }
  // Members that nobody has asked for are mistakes.
  ~DefinitionMembers() {
    if (!json_.is_object()) return;
    for (const auto& [key, value] : json_.as_object()) {
      if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
        Complain(key, fmt::format("is unknown: allowed are {}", absl::StrJoin(known_, ", ")));
      }
    }
  }
  DefinitionMembers(const DefinitionMembers&) = delete;
  DefinitionMembers& operator=(const DefinitionMembers&) = delete;

  const Json* Find(std::string_view key) {
    known_.emplace_back(key);
    return json_.Find(key);
  }
  std::string Text(std::string_view key, std::string_view otherwise = {}) {
    const Json* value = Find(key);
    if (value == nullptr) return std::string(otherwise);
    if (value->is_string() && !value->as_string().empty()) return value->as_string();
    Complain(key, fmt::format("is {}: it must be a string", value->Dump().substr(0, 100)));
    return {};
  }
  std::string NeededText(std::string_view key, std::string_view meaning) {
    const std::string text = Text(key);
    if (json_.is_object() && json_.Find(key) == nullptr) {
      Complain(key, fmt::format("is missing: {}", meaning));
    }
    return text;
  }
  uint64_t Whole(std::string_view key, uint64_t otherwise) {
    const Json* value = Find(key);
    if (value == nullptr) return otherwise;
    if (value->is_int() && value->as_int() >= 0) return static_cast<uint64_t>(value->as_int());
    Complain(key, fmt::format("is {}: it must be a whole number from 0", value->Dump()));
    return otherwise;
  }
  std::vector<std::string>* mistakes() { return mistakes_; }
  void Complain(std::string_view key, std::string_view what) {
    std::string place = where_;
    if (!key.empty()) place += (place.empty() ? "" : ".") + std::string(key);
    mistakes_->push_back(fmt::format("`{}` {}", place, what));
  }

 private:
  const Json& json_;
  const std::string where_;
  std::vector<std::string>* const mistakes_;
  std::vector<std::string> known_;
};

}  // namespace aisle
