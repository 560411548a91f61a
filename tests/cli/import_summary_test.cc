// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/import_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(KindOfReasonTest, LeavesOutWhatDiffersFromDocumentToDocument) {
  EXPECT_EQ(
      KindOfReason("field `price`: \"cheap \\\" x\" is not allowed: the field's type is float"),
      "field `price`: \"...\" is not allowed: the field's type is float");
  EXPECT_EQ(KindOfReason("the row has 3 cells: the header has 17"),
            "the row has N cells: the header has N");
  EXPECT_EQ(KindOfReason("field `size_2`: -1.5e3 is an int32"), "field `size_2`: -N is an int32");
  EXPECT_EQ(KindOfReason("unclosed \"quote"), "unclosed \"...\"");
  EXPECT_EQ(KindOfReason(""), "");
}

TEST(ImportSummaryTest, ShowsTheFirstTenThenCountsByReason) {
  ImportSummary summary;
  for (int i = 0; i < 1234; ++i) summary.AddImported();
  for (uint64_t i = 1; i <= 12; ++i) {
    summary.AddRejected({.line = i,
                         .id = fmt::format("p{}", i),
                         .reason = fmt::format("\"{}\" is bad", i),
                         .code = 400});
  }
  summary.AddRejected({.line = 99, .reason = "malformed JSON", .code = 400});
  const std::string text = summary.Text("products", 2.0);
  EXPECT_THAT(
      text,
      AllOf(HasSubstr("line 10, id p10: \"10\" is bad"), Not(HasSubstr("line 11, ")),
            HasSubstr("12  \"...\" is bad (first on line 1)"),
            HasSubstr("1  malformed JSON (first on line 99)"),
            HasSubstr("1,234 documents imported into products, 13 rejected, in 2.0 s (617/s)")));
}

TEST(ImportSummaryTest, AnInterruptIsToldWithTheLastLine) {
  ImportSummary summary;
  summary.AddImported();
  summary.NoteLine(1234);
  EXPECT_THAT(summary.Text("x", 1.0), Not(HasSubstr("interrupted")));
  summary.NoteInterrupted();
  EXPECT_THAT(summary.Text("x", 1.0),
              HasSubstr("interrupted: 1 imported, 0 rejected, line 1234 was the last\n"));
}

TEST(ImportSummaryTest, JsonHasTheSameNumbers) {
  ImportSummary summary;
  summary.AddImported();
  summary.AddRejected({.line = 2, .id = "x", .reason = "bad", .code = 409});
  const Json json = summary.ToJson(0.5);
  EXPECT_EQ(*json.Find("imported"), Json(1));
  EXPECT_EQ(*json.Find("rejected"), Json(1));
  EXPECT_EQ(json.Find("first_rejected")->Dump(),
            R"([{"line":2,"id":"x","reason":"bad","code":409}])");
  EXPECT_EQ(json.Find("reasons")->Dump(), R"([{"reason":"bad","count":1,"first_line":2}])");
}

TEST(ImportSummaryTest, StaysBoundedAndCountsEverything) {
  ImportSummary summary;
  for (uint64_t i = 0; i < 5000; ++i) {
    summary.AddRejected({.line = i + 1, .reason = fmt::format("field `f{}x` is missing", i)});
  }
  EXPECT_EQ(summary.rejected(), 5000);
  EXPECT_THAT(summary.Text("c", 1), HasSubstr("4,001  other reasons"));
}

TEST(ImportSummaryTest, StoredTextCannotSteerTheTerminal) {
  ImportSummary summary;
  summary.AddRejected({.line = 1, .id = "\x1b[31mred", .reason = "\x1b]0;title\x07"});
  EXPECT_THAT(summary.Text("c", 1), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace aisle
