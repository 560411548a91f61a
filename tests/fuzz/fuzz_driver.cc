// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a fuzz target where there is no libFuzzer: every file of a corpus as it is, then mutations
// of them, the same ones for the same seed. A failing input aborts the program; it is printed in
// hexadecimal.
//
//   fuzz_driver CORPUS_FOLDER ITERATIONS [SEED]
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr size_t kInputBytesMax = 4096;

std::string g_input;

void Run(std::string input) {
  g_input = std::move(input);
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(g_input.data()), g_input.size());
}

// Prints the input that was running, in hexadecimal since it may hold any bytes; then the signal
// ends the program.
extern "C" void PrintInput(int signal) {
  std::signal(signal, SIG_DFL);
  std::fprintf(stderr, "failing input (hex): ");
  for (const char c : g_input) std::fprintf(stderr, "%02x", static_cast<unsigned char>(c));
  std::fprintf(stderr, "\n");
}

std::vector<std::string> ReadCorpus(const char* folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, uint32_t seed) : corpus_(corpus), random_(seed) {}

  std::string Next() {
    std::string input = corpus_[Below(corpus_.size())];
    for (size_t steps = 1 + Below(6); steps > 0; --steps) Mutate(&input);
    if (input.size() > kInputBytesMax) input.resize(kInputBytesMax);
    return input;
  }

 private:
  size_t Below(size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random_); }

  // A piece of some input of the corpus.
  std::string Piece(const std::string& from) {
    if (from.empty()) return {};
    return from.substr(Below(from.size()), 1 + Below(16));
  }

  void Mutate(std::string* input) {
    const size_t place = Below(input->size() + 1);
    switch (Below(6)) {
      case 0:
        input->insert(place, 1, static_cast<char>(Below(256)));
        return;
      case 1:
        input->insert(place, Piece(corpus_[Below(corpus_.size())]));
        return;
      case 2:
        input->insert(place, Piece(*input));
        return;
      case 3:
        input->erase(place, 1 + Below(8));
        return;
      case 4:
        input->resize(place);
        return;
      default:
        if (place < input->size()) (*input)[place] ^= static_cast<char>(1 << Below(8));
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937 random_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER ITERATIONS [SEED]\n", argv[0]);
    return 2;
  }
  std::signal(SIGABRT, PrintInput);
  std::signal(SIGSEGV, PrintInput);
  const std::vector<std::string> corpus = ReadCorpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s holds no inputs\n", argv[1]);
    return 2;
  }
  const auto iterations = std::strtoul(argv[2], nullptr, 10);
  const auto seed = static_cast<uint32_t>(argc == 4 ? std::strtoul(argv[3], nullptr, 10) : 1);
  for (const std::string& input : corpus) Run(input);
  Mutator mutator(corpus, seed);
  for (unsigned long i = 0; i < iterations; ++i) Run(mutator.Next());
  std::printf("%zu inputs, %lu mutations, seed %u: nothing found\n", corpus.size(), iterations,
              seed);
  return 0;
}
