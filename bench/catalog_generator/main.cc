// SPDX-License-Identifier: GPL-3.0-or-later
//
//   catalog_generator products --count N [--seed S] --out FILE
//   catalog_generator queries --catalog FILE [--seed S] --out FOLDER
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "bench/catalog_generator/catalog.h"
#include "bench/catalog_generator/query_generator.h"
#include "bench/reference_executor/reference_index.h"

namespace aisle::bench {
namespace {

constexpr uint64_t kSeed = 20240229;

struct Arguments {
  std::string command;
  std::string catalog;
  std::string out;
  uint64_t count = 0;
  uint64_t seed = kSeed;
};

absl::StatusOr<uint64_t> Number(std::string_view option, const std::string& text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return InvalidArgument("{} {}: has to be a whole number", option, text);
  }
  return value;
}

absl::StatusOr<Arguments> ParseArguments(int argc, char** argv) {
  Arguments arguments;
  if (argc > 1) arguments.command = argv[1];
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--catalog") {
      arguments.catalog = argv[i + 1];
    } else if (option == "--out") {
      arguments.out = argv[i + 1];
    } else if (option == "--count") {
      ASSIGN_OR_RETURN(arguments.count, Number(option, argv[i + 1]));
    } else if (option == "--seed") {
      ASSIGN_OR_RETURN(arguments.seed, Number(option, argv[i + 1]));
    } else {
      return InvalidArgument("unknown option {}", option);
    }
  }
  const bool products = arguments.command == "products" && arguments.count > 0;
  const bool queries = arguments.command == "queries" && !arguments.catalog.empty();
  if ((!products && !queries) || arguments.out.empty()) {
    return InvalidArgument(
        "usage: catalog_generator products --count N [--seed S] --out FILE\n"
        "       catalog_generator queries --catalog FILE [--seed S] --out FOLDER");
  }
  return arguments;
}

absl::Status WriteProducts(const Arguments& arguments) {
  const Catalog catalog(arguments.seed);
  // Under another name until it is whole: a file that is there is one that can be used again.
  const std::string unfinished = arguments.out + ".part";
  std::ofstream out(unfinished, std::ios::binary);
  for (uint64_t i = 0; i < arguments.count; ++i) out << catalog.Make(i).ToJson() << '\n';
  out.close();
  if (!out) return ResourceExhausted("cannot write {}: is the disk full?", unfinished);
  std::filesystem::rename(unfinished, arguments.out);
  return absl::OkStatus();
}

absl::Status WriteQueries(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const ReferenceIndex index, ReferenceIndex::Read(arguments.catalog));
  const std::string unfinished = arguments.out + ".part";
  std::filesystem::remove_all(unfinished);
  std::filesystem::create_directories(unfinished);
  RETURN_IF_ERROR(QueryGenerator(index, arguments.seed).WriteAll(unfinished));
  std::filesystem::remove_all(arguments.out);
  std::filesystem::rename(unfinished, arguments.out);
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(argc, argv);
  const absl::Status status = !arguments.ok()
                                  ? arguments.status()
                                  : (arguments->command == "products" ? WriteProducts(*arguments)
                                                                      : WriteQueries(*arguments));
  if (!status.ok()) fmt::print(stderr, "catalog_generator: {}\n", Message(status));
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) { return aisle::bench::Main(argc, argv); }
