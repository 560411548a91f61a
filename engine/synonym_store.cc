// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/synonym_store.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/file.h"
#include "core/limits.h"

namespace aisle {
namespace {

absl::StatusOr<std::vector<SynonymSet>> ReadSets(const std::string& path) {
  std::vector<SynonymSet> sets;
  if (!std::filesystem::exists(path)) return sets;
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  if (!json.is_array()) return InvalidArgument("it holds a {}, not an array", json.TypeName());
  for (const Json& element : json.as_array()) {
    const Json* name = element.is_object() ? element.Find("name") : nullptr;
    if (name == nullptr || !name->is_string()) return InvalidArgument("a set has no `name`");
    ASSIGN_OR_RETURN(SynonymSet set, SynonymSet::FromJson(name->as_string(), element));
    sets.push_back(std::move(set));
  }
  return sets;
}

auto FindSet(std::vector<SynonymSet>& sets, std::string_view name) {
  return std::find_if(sets.begin(), sets.end(),
                      [&](const SynonymSet& set) { return set.name == name; });
}

}  // namespace

absl::StatusOr<std::unique_ptr<SynonymStore>> SynonymStore::Open(const std::string& data_dir) {
  std::unique_ptr<SynonymStore> store(new SynonymStore(data_dir + "/synonym_sets.json"));
  auto sets = ReadSets(store->path_);
  if (!sets.ok()) {
    return absl::DataLossError(
        fmt::format("cannot read {}: {}", store->path_, Message(sets.status())));
  }
  store->current_ = std::make_shared<const Synonyms>(*std::move(sets));
  return store;
}

std::shared_ptr<const Synonyms> SynonymStore::Current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

uint64_t SynonymStore::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

absl::Status SynonymStore::Replace(std::vector<SynonymSet> sets) {
  Json::Array array;
  for (const SynonymSet& set : sets) array.push_back(set.ToJson());
  const std::string next = path_ + ".next";
  std::error_code error;
  std::filesystem::remove(next, error);  // of a change that was cut off
  RETURN_IF_ERROR(WriteFileDurably(next, Json(std::move(array)).Dump()));
  RETURN_IF_ERROR(RenameDurably(next, path_));
  auto synonyms = std::make_shared<const Synonyms>(std::move(sets));
  const std::lock_guard lock(mutex_);
  current_ = std::move(synonyms);
  ++version_;
  return absl::OkStatus();
}

absl::Status SynonymStore::Put(SynonymSet set) {
  const std::lock_guard changing(change_mutex_);
  std::vector<SynonymSet> sets = Current()->sets();
  const auto known = FindSet(sets, set.name);
  if (known != sets.end()) {
    *known = std::move(set);
  } else if (sets.size() < limits::kSynonymSetsMax) {
    sets.push_back(std::move(set));
  } else {
    return InvalidArgument("there are {} synonym sets already: no more are allowed", sets.size());
  }
  return Replace(std::move(sets));
}

absl::StatusOr<SynonymSet> SynonymStore::Remove(std::string_view name) {
  const std::lock_guard changing(change_mutex_);
  std::vector<SynonymSet> sets = Current()->sets();
  const auto known = FindSet(sets, name);
  if (known == sets.end()) return NotFound("there is no synonym set named `{}`", name);
  SynonymSet removed = std::move(*known);
  sets.erase(known);
  RETURN_IF_ERROR(Replace(std::move(sets)));
  return removed;
}

}  // namespace aisle
