// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/static_files.h"

#include <algorithm>

#include <absl/strings/match.h>

#include "server/compression.h"

namespace aisle {
namespace {

// Scripts and styles only from here; pictures also from data: URLs. The page calls this server
// only.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const EmbeddedFile* Find(std::string_view path) {
  const auto& files = EmbeddedFiles();
  const auto it =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const EmbeddedFile& file, std::string_view p) { return file.path < p; });
  return it != files.end() && it->path == path ? &*it : nullptr;
}

// If-None-Match holds "*" or a list of tags, each perhaps weak (W/"...").
bool HasAlready(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

}  // namespace

std::optional<HttpResponse> AnswerStaticFile(const HttpRequest& request, std::string_view path) {
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead)
    return std::nullopt;
  const EmbeddedFile* file = Find(path == "/" ? "/index.html" : path);
  if (file == nullptr) return std::nullopt;
  HttpResponse response;
  response.content_type = file->content_type;
  // A release changes the files under the same names: the browser asks each time and mostly gets a
  // 304.
  response.headers.Add("Cache-Control", "no-cache");
  response.headers.Add("ETag", file->etag);
  response.headers.Add("Vary", "Accept-Encoding");
  response.headers.Add("Content-Security-Policy", kContentSecurityPolicy);
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.headers.Add("Referrer-Policy", "same-origin");
  if (HasAlready(request.headers.Find("If-None-Match"), file->etag)) {
    response.status = 304;
    response.content_type = {};
  } else if (!file->gzip.empty() && AcceptsGzip(request.headers.Find("Accept-Encoding"))) {
    response.headers.Add("Content-Encoding", "gzip");
    response.body = file->gzip;
  } else {
    response.body = file->bytes;
  }
  return response;
}

}  // namespace aisle
