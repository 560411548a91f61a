// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/raw_client.h"
#include "tests/server/running_server.h"

namespace aisle {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr std::string_view kExport = "/collections/products/documents/export";

// Documents of 2 KB: a few thousand are more than sockets hold.
std::string BulkyLines(size_t count) {
  std::string lines;
  for (size_t i = 0; i < count; ++i) {
    lines += fmt::format(R"({{"id":"p{}","title":"Shoe","brand":"B","price":1.5,"notes":"{}"}})", i,
                         std::string(2000, 'n'));
    lines += '\n';
  }
  return lines;
}

std::unique_ptr<RunningServer> WithBulkyProducts(size_t count, ServerOptions options) {
  auto server = std::make_unique<RunningServer>(options);
  server->CreateProducts();
  const ClientResponse response =
      server->Send(HttpMethod::kPost, "/collections/products/documents/import", BulkyLines(count));
  EXPECT_EQ(CountOf(response.body, "{\"success\":true}\n"), count);
  return server;
}

std::unique_ptr<RunningServer> WithProducts(size_t count) {
  auto server = std::make_unique<RunningServer>();
  server->CreateProducts();
  const ClientResponse response = server->Send(
      HttpMethod::kPost, "/collections/products/documents/import", ProductLines(count));
  EXPECT_EQ(CountOf(response.body, "{\"success\":true}\n"), count);
  return server;
}

TEST(Export, GivesBackWhatWasImported) {
  const auto server = WithProducts(5000);
  const ClientResponse response = server->Send(HttpMethod::kGet, kExport);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.Find("Content-Type"), kJsonLinesContentType);
  EXPECT_EQ(response.body, ProductLines(5000));
}

TEST(Export, SelectsDocumentsAndFields) {
  const auto server = WithProducts(50);
  const ClientResponse response = server->Send(
      HttpMethod::kGet, std::string(kExport) + "?filter_by=brand:=" + PercentEncode("[`Brand 3`]") +
                            "&include_fields=id");
  EXPECT_EQ(response.body.substr(0, 24), "{\"id\":\"p3\"}\n{\"id\":\"p10\"}");
  EXPECT_EQ(CountOf(response.body, "\n"), 7u);
}

TEST(Export, OfNothingIsEmpty) {
  const auto server = WithProducts(0);
  const ClientResponse response = server->Send(HttpMethod::kGet, kExport);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST(Export, ErrorsComeAsErrors) {
  const auto server = WithProducts(1);
  EXPECT_EQ(server->Send(HttpMethod::kGet, "/collections/none/documents/export").status, 404);
  EXPECT_EQ(
      server->Send(HttpMethod::kGet, std::string(kExport) + "?filter_by=price:%3E%3E1").status,
      400);
  EXPECT_EQ(server->Send(HttpMethod::kGet, std::string(kExport) + "?filter=price:1").status, 400);
}

// Slow readers hold a place of the export queue, not an event loop; the others are told to come
// back.
TEST(Export, WaitsForSlowClientsWithoutBlockingOthers) {
  ServerOptions options;
  options.io_threads = 1;
  options.export_threads = 1;
  options.queued_exports_max = 1;
  const auto server = WithBulkyProducts(8000, options);
  const std::string request = fmt::format("GET {} HTTP/1.1\r\nHost: a\r\n\r\n", kExport);
  RawClient first(server->port()), second(server->port());
  ASSERT_TRUE(first.Send(request));
  std::this_thread::sleep_for(milliseconds(200));
  ASSERT_TRUE(second.Send(request));
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(server->Send(HttpMethod::kGet, "/collections/products/documents/search?q=shoe").status,
            200);
  const RawAnswer answer = first.Read();
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(CountOf(answer.body, "\n"), 8000u);
  EXPECT_EQ(CountOf(second.Read().body, "\n"), 8000u);
}

TEST(Export, EndsWhenTheClientLeavesOrStalls) {
  ServerOptions options;
  options.export_threads = 1;
  options.queued_exports_max = 0;
  options.write_timeout = milliseconds(400);
  const auto server = WithBulkyProducts(8000, options);
  const std::string request = fmt::format("GET {} HTTP/1.1\r\nHost: a\r\n\r\n", kExport);
  {
    RawClient leaves(server->port());
    ASSERT_TRUE(leaves.Send(request));
    EXPECT_EQ(leaves.ReadHead().status, 200);
    leaves.Reset();
  }
  // The place of the one that left becomes free.
  std::unique_ptr<RawClient> stalls;
  for (int status = 0, tries = 0; status != 200; ++tries) {
    ASSERT_LT(tries, 200);
    stalls = std::make_unique<RawClient>(server->port());
    ASSERT_TRUE(stalls->Send(request));
    status = stalls->ReadHead().status;
    if (status != 200) std::this_thread::sleep_for(milliseconds(20));
  }
  std::this_thread::sleep_for(milliseconds(1500));
  // The stalled export was given up, so that this one finds the place free.
  const ClientResponse response =
      server->Send(HttpMethod::kGet, std::string(kExport) + "?filter_by=id:=p1");
  EXPECT_EQ(response.status, 200) << response.body;
}

}  // namespace
}  // namespace aisle
