// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/stem_cache.h"

#include <memory>

#include <absl/container/flat_hash_map.h>
#include <absl/hash/hash.h>

#include "core/status.h"

namespace aisle {

absl::Status StemCache::Check(std::string_view language) {
  try {
    const Xapian::Stem stem{std::string(language)};
    return absl::OkStatus();
  } catch (const Xapian::Error& error) {
    return Internal("Xapian cannot stem \"{}\": {}", language, error.get_msg());
  }
}

StemCache::StemCache(std::string_view language) : stem_(std::string(language)), places_(kPlaces) {}

StemCache& StemCache::OfThisThread(std::string_view language) {
  thread_local absl::flat_hash_map<std::string, std::unique_ptr<StemCache>> caches;
  std::unique_ptr<StemCache>& cache = caches[std::string(language)];
  if (cache == nullptr) cache.reset(new StemCache(language));
  return *cache;
}

const std::string& StemCache::Stem(const std::string& word) {
  Entry& entry = places_[absl::HashOf(word) % kPlaces];
  if (entry.word == word) return entry.stem;
  try {
    entry.stem = stem_(word);
  } catch (const Xapian::Error&) {
    entry.stem = word;  // A word that the stemmer refuses stays as it is.
  }
  if (entry.stem.empty()) entry.stem = word;
  entry.word = word;
  return entry.stem;
}

}  // namespace aisle
