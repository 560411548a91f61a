// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file is a JSON array of the sets. A change writes a new one beside it and renames that.
#include "engine/set_store.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/file.h"
#include "core/limits.h"

namespace aisle {
namespace {

// What differs from one kind of set to another.
struct Kind {
  std::string_view file;
  std::string_view noun;         // in messages
  std::string_view name_member;  // of the JSON of a set
  size_t sets_max = 0;
};

template <typename Sets>
Kind KindOf();

template <>
Kind KindOf<Synonyms>() {
  return {"synonym_sets.json", "synonym set", "name", limits::kSynonymSetsMax};
}

template <>
Kind KindOf<StopWords>() {
  return {"stopwords.json", "stop word set", "id", limits::kStopWordSetsMax};
}

template <typename Set>
absl::StatusOr<std::vector<Set>> ReadSets(const std::string& path, std::string_view name_member) {
  std::vector<Set> sets;
  if (!std::filesystem::exists(path)) return sets;
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  if (!json.is_array()) return InvalidArgument("it holds a {}, not an array", json.TypeName());
  for (const Json& element : json.as_array()) {
    const Json* name = element.is_object() ? element.Find(name_member) : nullptr;
    if (name == nullptr || !name->is_string()) {
      return InvalidArgument("a set has no `{}`", name_member);
    }
    ASSIGN_OR_RETURN(Set set, Set::FromJson(name->as_string(), element));
    sets.push_back(std::move(set));
  }
  return sets;
}

template <typename Sets>
auto FindSet(Sets& sets, std::string_view name) {
  return std::find_if(sets.begin(), sets.end(), [&](const auto& set) { return set.name == name; });
}

}  // namespace

template <typename Sets>
absl::StatusOr<std::unique_ptr<SetStore<Sets>>> SetStore<Sets>::Open(const std::string& data_dir) {
  const Kind kind = KindOf<Sets>();
  std::unique_ptr<SetStore> store(new SetStore(fmt::format("{}/{}", data_dir, kind.file)));
  auto sets = ReadSets<Set>(store->path_, kind.name_member);
  if (!sets.ok()) {
    return absl::DataLossError(
        fmt::format("cannot read {}: {}", store->path_, Message(sets.status())));
  }
  store->current_ = std::make_shared<const Sets>(*std::move(sets));
  return store;
}

template <typename Sets>
std::shared_ptr<const Sets> SetStore<Sets>::Current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

template <typename Sets>
uint64_t SetStore<Sets>::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

template <typename Sets>
absl::Status SetStore<Sets>::Replace(std::vector<Set> sets) {
  Json::Array array;
  for (const Set& set : sets) array.push_back(set.ToJson());
  const std::string next = path_ + ".next";
  std::error_code error;
  std::filesystem::remove(next, error);  // of a change that was cut off
  RETURN_IF_ERROR(WriteFileDurably(next, Json(std::move(array)).Dump()));
  RETURN_IF_ERROR(RenameDurably(next, path_));
  auto changed = std::make_shared<const Sets>(std::move(sets));
  const std::lock_guard lock(mutex_);
  current_ = std::move(changed);
  ++version_;
  return absl::OkStatus();
}

template <typename Sets>
absl::StatusOr<typename Sets::Set> SetStore<Sets>::Get(std::string_view name) const {
  const std::shared_ptr<const Sets> current = Current();
  const auto known = FindSet(current->sets(), name);
  if (known != current->sets().end()) return *known;
  return NotFound("there is no {} named `{}`", KindOf<Sets>().noun, name);
}

template <typename Sets>
absl::Status SetStore<Sets>::Put(Set set) {
  const std::lock_guard changing(change_mutex_);
  const Kind kind = KindOf<Sets>();
  std::vector<Set> sets = Current()->sets();
  const auto known = FindSet(sets, set.name);
  if (known != sets.end()) {
    *known = std::move(set);
  } else if (sets.size() < kind.sets_max) {
    sets.push_back(std::move(set));
  } else {
    return InvalidArgument("there are {} {}s already: no more are allowed", sets.size(), kind.noun);
  }
  return Replace(std::move(sets));
}

template <typename Sets>
absl::StatusOr<typename Sets::Set> SetStore<Sets>::Remove(std::string_view name) {
  const std::lock_guard changing(change_mutex_);
  std::vector<Set> sets = Current()->sets();
  const auto known = FindSet(sets, name);
  if (known == sets.end()) {
    return NotFound("there is no {} named `{}`", KindOf<Sets>().noun, name);
  }
  Set removed = std::move(*known);
  sets.erase(known);
  RETURN_IF_ERROR(Replace(std::move(sets)));
  return removed;
}

template class SetStore<Synonyms>;
template class SetStore<StopWords>;

}  // namespace aisle
