// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/eval/sample_run.h"

namespace aisle {
namespace {

using ::testing::HasSubstr;

std::string ErrorOf(std::string_view text) {
  const absl::StatusOr<Run> run = ReadRun(text);
  return run.ok() ? "" : std::string(Message(run.status()));
}

TEST(RunTest, RoundTrips) {
  aisle::Run run = SampleRun();
  run.name = "quotes \" and \u00fc";
  run.absent = 2;
  const absl::StatusOr<aisle::Run> read = ReadRun(WriteRun(run));
  ASSERT_TRUE(read.ok()) << Message(read.status());
  EXPECT_EQ(WriteRun(*read), WriteRun(run));
  EXPECT_EQ(read->queries[1].ids(), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(read->queries[1].grades, run.queries[1].grades);
  EXPECT_EQ(read->documents, 5u);
  EXPECT_EQ(read->absent, 2u);
  EXPECT_EQ(read->parameters, run.parameters);
}

TEST(RunTest, WhatIsNotKnownStaysUnknown) {
  aisle::Run run = SampleRun();
  run.documents.reset();
  EXPECT_EQ(ReadRun(WriteRun(run))->documents, std::nullopt);
}

TEST(RunTest, SaysWhatIsWrong) {
  EXPECT_THAT(ErrorOf("{}"), HasSubstr("it is no run"));
  EXPECT_THAT(ErrorOf("[1]"), HasSubstr("it is no run"));
  EXPECT_NE(ErrorOf("{"), "");
  const std::string text = WriteRun(SampleRun());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    const size_t place = changed.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return changed.replace(place, from.size(), to);
  };
  EXPECT_THAT(ErrorOf(with("_run\":1", "_run\":2")), HasSubstr("version 2"));
  EXPECT_THAT(ErrorOf(with("\"depth\":100,", "")), HasSubstr("`depth` is missing"));
  EXPECT_THAT(ErrorOf(with("\"depth\":100,", "\"depth\":-1,")), HasSubstr("`depth` is negative"));
  EXPECT_THAT(ErrorOf(with("\"a\":3", "\"a\":99")), HasSubstr("query 1: the grade of `a` is 99"));
  EXPECT_THAT(ErrorOf(with("\"found\":2", "\"found\":\"2\"")), HasSubstr("query 1: `found` is a"));
  EXPECT_THAT(ErrorOf(with("[\"a\",\"Title of a\"]", "[\"a\"]")), HasSubstr("[id, title]"));
  EXPECT_THAT(ErrorOf(with("[\"b\",\"Title of b\"]", "[\"a\",\"\"]")),
              HasSubstr("`a` is there twice"));
  EXPECT_THAT(ErrorOf(with("\"reversed\"", "\"perfect\"")), HasSubstr("`perfect` is there twice"));
}

}  // namespace
}  // namespace aisle
