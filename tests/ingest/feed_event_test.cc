// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_event.h"

#include <gtest/gtest.h>

namespace aisle {
namespace {

using Operation = FeedEvent::Operation;

FeedEvent Debezium(std::string_view payload, std::string_view id_field = "id") {
  MessageFormat format{.envelope = MessageFormat::Envelope::kDebezium,
                       .is_versioned_by_place = true,
                       .id_field = std::string(id_field)};
  return format.Parse({.payload = payload, .place = 9});
}

TEST(FeedEventTest, DebeziumsEnvelopes) {
  for (const std::string_view op : {"c", "u", "r"}) {
    const FeedEvent event = Debezium(
        fmt::format(R"({{"before": null, "after": {{"id": 7, "title": "t"}}, "op": "{}"}})", op));
    ASSERT_TRUE(event.error.ok()) << event.error;
    EXPECT_EQ(event.id, "7");
    EXPECT_EQ(event.position, 9u);
    EXPECT_EQ(event.operation, Operation::kUpsert);
    EXPECT_EQ(event.payload, R"({"title":"t"})");
  }
  const FeedEvent wrapped = Debezium(
      R"({"schema": {"type": "struct"}, "payload": {"before": {"sku": "a"}, "after": null, "op": "d"}})",
      "sku");
  ASSERT_TRUE(wrapped.error.ok()) << wrapped.error;
  EXPECT_EQ(wrapped.id, "a");
  EXPECT_EQ(wrapped.operation, Operation::kDelete);
}

TEST(FeedEventTest, WhatADatabaseDidNotSendIsNotStored) {
  const FeedEvent event = Debezium(
      R"({"after": {"id": 7, "title": "t", "text": "__debezium_unavailable_value"}, "op": "u"})");
  ASSERT_TRUE(event.error.ok()) << event.error;
  EXPECT_EQ(event.operation, Operation::kUpdate);
  EXPECT_EQ(event.payload, R"({"title":"t"})");
}

TEST(FeedEventTest, WhatIsNoEnvelopeSaysWhy) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"{", ""},
      {"[]", "no envelope of Debezium"},
      {R"({"op": "t"})", "allowed are c, u, r and d"},
      {R"({"op": "c", "after": null})", "`after` is no object"},
      {R"({"op": "c", "after": {"x": 1}})", "`id`, which `id_field` names, is missing"},
      {R"({"op": "c", "after": {"id": 1.5}})", "it must be a string or a whole number"}};
  for (const auto& [payload, reason] : cases) {
    const FeedEvent event = Debezium(payload);
    ASSERT_FALSE(event.error.ok()) << payload;
    EXPECT_NE(Message(event.error).find(reason), std::string_view::npos) << event.error;
    EXPECT_EQ(event.original, payload);
  }
}

TEST(FeedEventTest, TombstonesAreNamedByTheirKey) {
  MessageFormat format{.is_versioned_by_place = true};
  for (const std::string_view key :
       {R"({"id": 7})", "7", R"("7")", R"({"schema": {}, "payload": {"id": "7"}})"}) {
    const FeedEvent event = format.Parse({.key = key, .place = 3});
    ASSERT_TRUE(event.error.ok()) << event.error;
    EXPECT_EQ(event.id, "7");
    EXPECT_EQ(event.operation, Operation::kDelete);
  }
  EXPECT_EQ(format.Parse({.key = "sku-7", .place = 3}).id, "sku-7");
  EXPECT_FALSE(format.Parse({.place = 3}).error.ok());
  format.is_versioned_by_place = false;
  EXPECT_FALSE(format.Parse({.key = "7", .place = 3}).error.ok());
}

TEST(FeedEventTest, VersionsAreTheEventsOrThePlaces) {
  constexpr std::string_view kEvent = R"({"id": "7", "version": 5, "document": {}})";
  MessageFormat format;
  EXPECT_EQ(format.Parse({.payload = kEvent, .place = 3}).position, 5u);
  EXPECT_FALSE(format.Parse({.payload = R"({"id": "7", "document": {}})", .place = 3}).error.ok());
  format.is_versioned_by_place = true;
  EXPECT_EQ(format.Parse({.payload = kEvent, .place = 3}).position, 3u);
  EXPECT_TRUE(format.Parse({.payload = R"({"id": "7", "document": {}})", .place = 3}).error.ok());
}

}  // namespace
}  // namespace aisle
