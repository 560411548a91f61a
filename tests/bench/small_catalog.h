// SPDX-License-Identifier: GPL-3.0-or-later
//
// A few products of the made-up store, in a file that goes away with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/catalog_generator/catalog.h"
#include "bench/reference_executor/reference_index.h"

namespace aisle::bench {

class SmallCatalog {
 public:
  explicit SmallCatalog(uint64_t products) {
    std::string pattern = (std::filesystem::temp_directory_path() / "bench-test-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    const Catalog catalog(11);
    std::ofstream out(path());
    for (uint64_t i = 0; i < products; ++i) {
      products_.push_back(catalog.Make(i));
      out << products_.back().ToJson() << '\n';
    }
  }
  ~SmallCatalog() { std::filesystem::remove_all(folder_); }
  SmallCatalog(const SmallCatalog&) = delete;
  SmallCatalog& operator=(const SmallCatalog&) = delete;

  std::string path() const { return folder_ + "/products.jsonl"; }
  const std::string& folder() const { return folder_; }
  const std::vector<Product>& products() const { return products_; }
  ReferenceIndex Index() const { return *ReferenceIndex::Read(path()); }

 private:
  std::string folder_;
  std::vector<Product> products_;
};

}  // namespace aisle::bench
