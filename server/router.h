// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of endpoints: method and path pattern to handler. server/endpoints.cc lists them all.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "core/urgency.h"
#include "server/http_message.h"
#include "server/request_context.h"

namespace aisle {

// Answers a request whose body is complete.
using Handler = HttpResponse (*)(const RequestContext& context);

// Takes pieces of an answer's body; blocks while the client is slow. False: the client is gone,
// stop.
using BodySink = std::function<bool(std::string_view piece)>;
// Answers in pieces, on a worker thread. An error before the first piece becomes an error answer, a
// later one cuts the answer off.
using Download = absl::Status (*)(const RequestContext& context, const BodySink& sink);

// Takes a body in pieces and answers in pieces. One call at a time.
class Upload {
 public:
  virtual ~Upload() = default;
  virtual Urgency urgency() const { return Urgency::kDelta; }
  // Takes from the front of `data` until a batch is full; returns how many bytes were taken.
  virtual size_t Take(std::string_view data) = 0;
  // The body has ended: what is left becomes the last batch.
  virtual void End() = 0;
  // There is a batch to work off; Take() takes nothing until then.
  virtual bool BatchReady() const = 0;
  // Works off the batch (may block: called on a worker thread) and returns the piece of the answer.
  virtual std::string Work() = 0;
};
// Checks the request, whose body is not read yet. The context outlives the upload.
using UploadFactory = absl::StatusOr<std::unique_ptr<Upload>> (*)(const RequestContext& context);

enum class Access { kKey, kPublic };
enum class RunsOn { kEventLoop, kWorker };

// Exactly one of handler, download and upload is set.
struct Endpoint {
  HttpMethod method = HttpMethod::kGet;
  std::string_view pattern;  // "/collections/{collection}"
  std::string_view name;     // the label in metrics
  Handler handler = nullptr;
  RunsOn runs_on = RunsOn::kEventLoop;
  Access access = Access::kKey;
  Download download = nullptr;
  UploadFactory upload = nullptr;
};

// Every endpoint of the server, in the order of docs/api.md.
const std::vector<Endpoint>& Endpoints();

// Immutable after construction, thread safe.
class Router {
 public:
  struct Match {
    const Endpoint* endpoint =
        nullptr;       // nullptr: nothing has this path, or nothing with this method
    size_t index = 0;  // of the endpoint in the table
    std::vector<std::string> path_values;
    // Where there is no endpoint: "GET, HEAD, POST", the methods that the path has; empty: there is
    // no such path.
    std::string allow;
  };

  // `endpoints` must outlive the router. Literal segments win over "{...}"; HEAD is answered where
  // GET is.
  explicit Router(const std::vector<Endpoint>& endpoints);

  Match Find(HttpMethod method, const std::vector<std::string>& segments) const;

 private:
  struct Pattern {
    std::vector<std::string> segments;  // "{...}" as an empty string
    size_t literals = 0;                // of the segments
    // REQUIRES: the path has as many segments.
    bool Matches(const std::vector<std::string>& path) const;
  };
  // visit(i, is_better) for each endpoint whose pattern fits no worse than those before it, and
  // whether it fits better.
  template <typename Visit>
  void ForEachFitting(const std::vector<std::string>& path, const Visit& visit) const;
  std::string Allow(const std::vector<std::string>& path) const;

  const std::vector<Endpoint>& endpoints_;
  std::vector<Pattern> patterns_;             // by endpoint
  std::vector<std::vector<size_t>> by_size_;  // the endpoints whose path has so many segments
};

// The answer where there is no endpoint: 404 that names the path, or 405 with Allow.
HttpResponse NoEndpoint(const Router::Match& match, const HttpRequest& request,
                        std::string_view path);

}  // namespace aisle
