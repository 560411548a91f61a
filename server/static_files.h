// SPDX-License-Identifier: GPL-3.0-or-later
//
// The storefront's files, which are part of the program: answering touches no file system.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/http_message.h"

namespace aisle {

// Written by embed_files.py.
struct EmbeddedFile {
  std::string_view path;  // "/styles/base.css"
  std::string_view content_type;
  std::string_view etag;  // with its quotes
  std::string_view bytes;
  std::string_view gzip;  // the same, compressed; empty where that is no gain
};

// Sorted by path.
const std::vector<EmbeddedFile>& EmbeddedFiles();

// The answer for GET and HEAD of `path` ("/" is "/index.html"); nullopt if there is no such file.
// 304 if the client has it already.
std::optional<HttpResponse> AnswerStaticFile(const HttpRequest& request, std::string_view path);

}  // namespace aisle
