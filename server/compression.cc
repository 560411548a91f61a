// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/compression.h"

#include <algorithm>
#include <limits>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_split.h>
#include <zlib.h>

namespace aisle {
namespace {

constexpr int kGzipWindowBits =
    15 + 16;  // the largest window; 16 asks zlib for gzip instead of zlib format
constexpr uint64_t kRatioFreeBytes = 1u << 20;

// One deflate state for each thread: setting one up costs as much as compressing an answer.
class Deflater {
 public:
  Deflater() {
    ok_ = deflateInit2(&z_, 1, Z_DEFLATED, kGzipWindowBits, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() {
    if (ok_) deflateEnd(&z_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string Compress(std::string_view data) {
    deflateReset(&z_);
    std::string compressed(deflateBound(&z_, data.size()), '\0');
    z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    z_.avail_in = static_cast<uInt>(data.size());
    z_.next_out = reinterpret_cast<Bytef*>(compressed.data());
    z_.avail_out = static_cast<uInt>(compressed.size());
    const int result = deflate(&z_, Z_FINISH);
    compressed.resize(result == Z_STREAM_END ? compressed.size() - z_.avail_out : 0);
    return compressed;
  }
  bool ok() const { return ok_; }

 private:
  z_stream z_{};
  bool ok_ = false;
};

// The q-value of one element such as "gzip;q=0.5"; 1 if it has none, 0 if it is malformed.
double Quality(absl::string_view parameters) {
  for (absl::string_view parameter : absl::StrSplit(parameters, ';')) {
    parameter = absl::StripAsciiWhitespace(parameter);
    if (!absl::StartsWithIgnoreCase(parameter, "q=")) continue;
    double q = 0;
    return absl::SimpleAtod(parameter.substr(2), &q) ? q : 0;
  }
  return 1;
}

}  // namespace

bool AcceptsGzip(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return false;
  double gzip = -1, any = -1;
  for (absl::string_view element :
       absl::StrSplit(absl::string_view(accept_encoding.data(), accept_encoding.size()), ',')) {
    const size_t semicolon = std::min(element.find(';'), element.size());
    const absl::string_view name = absl::StripAsciiWhitespace(element.substr(0, semicolon));
    const double q = Quality(element.substr(semicolon));
    if (absl::EqualsIgnoreCase(name, "gzip") || absl::EqualsIgnoreCase(name, "x-gzip")) gzip = q;
    if (name == "*") any = q;
  }
  return gzip >= 0 ? gzip > 0 : any > 0;
}

std::string GzipCompress(std::string_view data) {
  thread_local Deflater deflater;
  // Callers send the body as it is if this is empty.
  if (!deflater.ok() || data.size() > std::numeric_limits<uInt>::max() / 2) return {};
  return deflater.Compress(data);
}

struct GzipReader::Stream {
  z_stream z{};
  bool ok = false;
};

GzipReader::GzipReader(size_t ratio_max)
    : stream_(std::make_unique<Stream>()), ratio_max_(ratio_max) {
  stream_->ok = inflateInit2(&stream_->z, kGzipWindowBits) == Z_OK;
}

GzipReader::~GzipReader() {
  if (stream_->ok) inflateEnd(&stream_->z);
}

absl::Status GzipReader::Read(std::string_view* input, size_t output_max, std::string* output) {
  if (!stream_->ok) return ResourceExhausted("no memory to decompress the body");
  z_stream& z = stream_->z;
  const size_t start = output->size();
  output->resize(start + output_max);
  z.next_out = reinterpret_cast<Bytef*>(output->data() + start);
  z.avail_out = static_cast<uInt>(output_max);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input->data()));
  z.avail_in = static_cast<uInt>(input->size());
  int result = Z_OK;
  while (z.avail_out > 0 && (z.avail_in > 0 || in_member_)) {
    if (!in_member_) {
      inflateReset(&z);
      in_member_ = true;
    }
    result = inflate(&z, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      in_member_ = false;
      continue;
    }
    if (result != Z_OK) break;
  }
  bytes_in_ += input->size() - z.avail_in;
  input->remove_prefix(input->size() - z.avail_in);
  output->resize(start + output_max - z.avail_out);
  bytes_out_ += output->size() - start;
  // Z_BUF_ERROR only says that more input is needed.
  if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
    return InvalidArgument("the body is not valid gzip: {}",
                           z.msg == nullptr ? zError(result) : z.msg);
  }
  if (bytes_out_ > kRatioFreeBytes && bytes_out_ / ratio_max_ > bytes_in_) {
    return absl::OutOfRangeError(
        fmt::format("the gzip body grows to more than {} times its size", ratio_max_));
  }
  return absl::OkStatus();
}

absl::Status GzipReader::End() const {
  if (in_member_ || bytes_in_ == 0) return InvalidArgument("the gzip body is cut off");
  return absl::OkStatus();
}

}  // namespace aisle
