// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/running_server.h"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

namespace aisle {
namespace {

constexpr std::string_view kProductsSchema = R"({"name":"products","fields":[
  {"name":"title","type":"string"},{"name":"brand","type":"string","facet":true},
  {"name":"price","type":"float","facet":true},{"name":"tags","type":"string[]","facet":true,"optional":true}]})";

std::unique_ptr<Engine> OpenEngine(const std::string& directory) {
  EngineOptions options;
  options.data_dir = directory + "/data";
  options.default_shards = 2;
  auto engine = Engine::Open(options);
  if (!engine.ok()) throw std::runtime_error(engine.status().ToString());
  return *std::move(engine);
}

}  // namespace

RunningServer::RunningServer(ServerOptions options) : engine_(OpenEngine(directory_.path())) {
  options.host = "127.0.0.1";
  options.port = 0;
  options.access_log = false;
  auto server = Server::Create(options, engine_.get());
  if (!server.ok()) throw std::runtime_error(server.status().ToString());
  server_ = *std::move(server);
  thread_ = std::thread([this] { server_->Run(); });
}

RunningServer::~RunningServer() { Stop(); }

void RunningServer::Stop() {
  if (!thread_.joinable()) return;
  server_->Stop();
  thread_.join();
}

Engine& RunningServer::ReopenEngine() {
  Stop();
  server_.reset();
  engine_.reset();
  engine_ = OpenEngine(directory_.path());
  return *engine_;
}

HttpClient RunningServer::Client(std::string_view api_key) const {
  HttpClientOptions options;
  options.port = port();
  options.api_key = api_key;
  return HttpClient(options);
}

ClientResponse RunningServer::Send(HttpMethod method, std::string_view target,
                                   std::string_view body) const {
  ClientRequest request;
  request.method = method;
  request.target = target;
  request.body = body;
  auto response = Client().Send(request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.ok() ? *std::move(response) : ClientResponse();
}

void RunningServer::CreateProducts() const {
  const ClientResponse response = Send(HttpMethod::kPost, "/collections", kProductsSchema);
  ASSERT_EQ(response.status, 201) << response.body;
}

std::string ProductLines(size_t count, size_t first) {
  std::string lines;
  for (size_t i = first; i < first + count; ++i) {
    lines +=
        fmt::format(R"({{"id":"p{}","title":"Shoe number {}","brand":"Brand {}","price":{}.5}})", i,
                    i, i % 7, i % 100);
    lines += '\n';
  }
  return lines;
}

size_t CountOf(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size())
    ++count;
  return count;
}

size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  size_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace aisle
