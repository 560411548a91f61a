// SPDX-License-Identifier: GPL-3.0-or-later
//
// gzip, both ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

// Smaller bodies fit into one packet anyway.
inline constexpr size_t kCompressBytesMin = 1024;

// Whether an Accept-Encoding header prefers or allows gzip: "gzip", "x-gzip" or "*" with a q-value
// above 0.
bool AcceptsGzip(std::string_view accept_encoding);

// `data` as one gzip member, at the fastest level. Thread safe.
std::string GzipCompress(std::string_view data);

// Decompresses a gzip stream (any number of members) piece by piece with bounded memory. Not thread
// safe.
class GzipReader {
 public:
  // The output may be at most `ratio_max` times the input, from the first megabyte on.
  explicit GzipReader(size_t ratio_max);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  // Takes from the front of `*input` (whose consumed part is removed) and appends at most
  // `output_max` bytes to
  // `*output`. Call until `*input` is empty and nothing was appended. InvalidArgument for data that
  // are not gzip, OutOfRange beyond the ratio.
  absl::Status Read(std::string_view* input, size_t output_max, std::string* output);
  // Call at the end of the input. InvalidArgument if the stream stops in the middle.
  absl::Status End() const;

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  const size_t ratio_max_;
  uint64_t bytes_in_ = 0;
  uint64_t bytes_out_ = 0;
  bool in_member_ = false;
};

}  // namespace aisle
