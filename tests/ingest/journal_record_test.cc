// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/journal_record.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

// A copy of exactly the right size, so that the address sanitizer sees a read past its end.
absl::StatusOr<std::vector<Change>> Decode(std::string_view payload) {
  const std::vector<char> copy(payload.begin(), payload.end());
  std::vector<Change> changes;
  RETURN_IF_ERROR(DecodeChanges({copy.data(), copy.size()}, [&changes](Change change) {
    changes.push_back(std::move(change));
    return absl::OkStatus();
  }));
  return changes;
}

std::string Encode(const std::vector<Change>& changes) {
  std::string payload;
  for (const Change& change : changes) AppendChange(change, &payload);
  return payload;
}

std::string RandomString(size_t size, std::mt19937_64* random) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>((*random)());
  return bytes;
}

std::vector<Change> RandomChanges(std::mt19937_64* random) {
  std::vector<Change> changes((*random)() % 6);
  for (Change& change : changes) {
    change.is_delete = (*random)() % 3 == 0;
    change.id = RandomString((*random)() % 200, random);
    if (change.is_delete) continue;
    change.is_hot = (*random)() % 2 == 0;
    if (change.is_hot) {
      change.field = static_cast<uint32_t>((*random)() % 300);
      const auto bits = static_cast<int64_t>((*random)()) >> ((*random)() % 64);
      if ((*random)() % 3 != 0) change.value = bits;
      if ((*random)() % 3 == 0) change.value = static_cast<double>(bits) / 7;
      continue;
    }
    change.order = (*random)() >> ((*random)() % 64);
    change.source = RandomString((*random)() % 300, random);
  }
  return changes;
}

TEST(JournalRecord, IsWrittenAsDocumented) {
  const std::vector<Change> changes = {
      {.is_delete = false, .id = "a", .order = 300, .source = "{}"},
      {.is_delete = true, .id = "bc", .order = 0, .source = {}},
      {.id = "d", .is_hot = true, .field = 5, .value = int64_t{-2}},
      {.id = "e", .is_hot = true, .field = 6, .value = 1.5},
      {.id = "f", .is_hot = true, .field = 7}};
  const std::string bytes(
      "\x01\x01"
      "a"
      "\xAC\x02\x02{}"
      "\x02\x02"
      "bc"
      "\x03\x01"
      "d"
      "\x05\x01\x03"
      "\x03\x01"
      "e"
      "\x06\x02\0\0\0\0\0\0\xF8\x3F"
      "\x03\x01"
      "f"
      "\x07\0",
      36);
  EXPECT_EQ(Encode(changes), bytes);
  EXPECT_EQ(Decode(bytes).value(), changes);
}

TEST(JournalRecord, ComesBackAsItWas) {
  std::mt19937_64 random(TestSeed());
  for (int i = 0; i < 2000; ++i) {
    const std::vector<Change> changes = RandomChanges(&random);
    ASSERT_EQ(Decode(Encode(changes)).value(), changes);
  }
  const std::vector<Change> largest = {
      {.is_delete = false, .id = "", .order = UINT64_MAX, .source = std::string(100000, 'x')}};
  EXPECT_EQ(Decode(Encode(largest)).value(), largest);
}

TEST(JournalRecord, EveryCutIsAPrefixOrDataLoss) {
  std::mt19937_64 random(TestSeed());
  for (int i = 0; i < 100; ++i) {
    const std::vector<Change> changes = RandomChanges(&random);
    std::vector<size_t> ends = {0};
    for (size_t n = 1; n <= changes.size(); ++n) {
      ends.push_back(Encode({changes.begin(), changes.begin() + static_cast<ptrdiff_t>(n)}).size());
    }
    const std::string payload = Encode(changes);
    for (size_t size = 0; size < payload.size(); ++size) {
      const auto decoded = Decode(std::string_view(payload).substr(0, size));
      const auto end = std::find(ends.begin(), ends.end(), size);
      if (end == ends.end()) {
        ASSERT_EQ(decoded.status().code(), absl::StatusCode::kDataLoss) << size;
      } else {
        ASSERT_EQ(decoded.value(),
                  std::vector<Change>(changes.begin(), changes.begin() + (end - ends.begin())));
      }
    }
  }
}

TEST(JournalRecord, BadBytesAreDataLoss) {
  const std::string ten_bytes(9, '\xFF');
  for (const std::string& bad : {
           std::string("\x00\x00", 2),              // no such kind
           std::string("\x04\x00", 2),              // no such kind
           std::string("\x03\x00", 2),              // no field
           std::string("\x03\x00\x01\x03", 4),      // a hot value of no such type
           std::string("\x03\x00\x01\x02\0\0", 6),  // half a float
           std::string("\x02", 1),                  // no id
           std::string("\x02\x05"
                       "abcd",
                       6),               // the id is cut short
           "\x02" + ten_bytes + "\x01",  // an id of 2^64 - 1 bytes
           "\x01" + std::string("\0", 1) + ten_bytes +
               std::string("\x02\0", 2),     // an order of more than 64 bits
           "\x02" + ten_bytes + "\xFF\x01",  // a varint of eleven bytes
       }) {
    EXPECT_EQ(Decode(bad).status().code(), absl::StatusCode::kDataLoss)
        << testing::PrintToString(bad);
  }
}

TEST(JournalRecord, RandomAndDamagedBytesNeverDoHarm) {
  std::mt19937_64 random(TestSeed());
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = RandomString(random() % 64, &random);
    if (i % 2 == 0) {
      bytes = Encode(RandomChanges(&random));
      if (!bytes.empty()) bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto decoded = Decode(bytes);
    if (decoded.ok()) continue;
    ASSERT_EQ(decoded.status().code(), absl::StatusCode::kDataLoss) << decoded.status();
    ++refused;
  }
  EXPECT_GT(refused, 5000);
}

TEST(JournalRecord, AVisitorsErrorEndsIt) {
  int visits = 0;
  const absl::Status status =
      DecodeChanges(Encode({{.is_delete = true, .id = "a", .order = 0, .source = {}},
                            {.is_delete = true, .id = "b", .order = 0, .source = {}}}),
                    [&visits](const Change&) {
                      ++visits;
                      return absl::CancelledError("enough");
                    });
  EXPECT_EQ(status, absl::CancelledError("enough"));
  EXPECT_EQ(visits, 1);
}

}  // namespace
}  // namespace aisle
