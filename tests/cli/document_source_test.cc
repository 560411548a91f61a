// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/document_source.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DocumentSourceTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<DocumentSource>> Open(const std::string& name,
                                                       std::string_view contents,
                                                       FileFormat format = FileFormat::kAuto) {
    const std::string path = directory_.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << contents;
    return DocumentSource::Open(path, format);
  }

  // "LINE JSON" of each document, "LINE !REASON" of those that cannot be sent.
  static std::vector<std::string> Rest(DocumentSource* source) {
    std::vector<std::string> all;
    SourceDocument document;
    for (;;) {
      const auto more = source->Next(&document);
      EXPECT_TRUE(more.ok()) << more.status();
      if (!more.ok() || !*more) return all;
      const std::string what =
          document.status.ok() ? document.json : "!" + std::string(Message(document.status));
      all.push_back(fmt::format("{} {}", document.line, what));
    }
  }

  TempDirectory directory_;
};

TEST_F(DocumentSourceTest, JsonLinesAreGivenAsTheyAreWithTheirLineNumbers) {
  auto source = Open("a.jsonl", "{\"id\":\"1\"}\n\n  \r\nnot json\n{\"id\": \"2\"}");
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_THAT(Rest(source->get()),
              ElementsAre("1 {\"id\":\"1\"}", "4 not json", "5 {\"id\": \"2\"}"));
  EXPECT_EQ((*source)->Fraction(), 1.0);
}

TEST_F(DocumentSourceTest, TheSampleLeavesOutWhatIsBrokenAndTakesNothingAway) {
  auto source = Open("a.jsonl", "{\"id\":\"1\"}\nbroken\n[1]\n{\"id\":\"2\"}\n");
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->Sample()->size(), 2);
  EXPECT_EQ(Rest(source->get()).size(), 4);
}

TEST_F(DocumentSourceTest, TheSampleHasAThousandDocuments) {
  std::string contents;
  for (int i = 0; i < 2500; ++i) contents += fmt::format("{{\"id\":\"{}\"}}\n", i);
  auto source = Open("a.jsonl", contents);
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->Sample()->size(), 1000);
  const std::vector<std::string> rest = Rest(source->get());
  ASSERT_EQ(rest.size(), 2500);
  EXPECT_EQ(rest.back(), "2500 {\"id\":\"2499\"}");
}

TEST_F(DocumentSourceTest, TooLargeDocumentsAreRejectedAndTheRestGoesOn) {
  const std::string huge = "{\"id\":\"" + std::string(limits::kDocumentBytesMax, 'x') + "\"}\n";
  auto source = Open("a.jsonl", huge + "{\"id\":\"2\"}\n");
  ASSERT_TRUE(source.ok());
  EXPECT_THAT(Rest(source->get()),
              ElementsAre(HasSubstr("1 !the document has 41943"), "2 {\"id\":\"2\"}"));
}

TEST_F(DocumentSourceTest, CsvRowsBecomeDocuments) {
  auto source = Open("a.csv", "id,price,title\n1,2,\"two\nlines\"\n2,x\n3,4.5,Shoe\n");
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ((*source)->Sample()->size(), 2);
  EXPECT_THAT(Rest(source->get()), ElementsAre(R"(2 {"id":"1","price":2,"title":"two\nlines"})",
                                               HasSubstr("4 !the row has 2 cells"),
                                               R"(5 {"id":"3","price":4.5,"title":"Shoe"})"));
}

TEST_F(DocumentSourceTest, TellsTheFormatByNameThenByFirstByte) {
  EXPECT_EQ(Rest(Open("a.tsv", "id\tb\n1\t2\n")->get()).front(), R"(2 {"id":"1","b":2})");
  EXPECT_EQ(Rest(Open("a", " {\"id\":\"1\"}\n")->get()).front(), R"(1  {"id":"1"})");
  EXPECT_EQ(Rest(Open("a", "id\n1\n", FileFormat::kCsv)->get()).front(), R"(2 {"id":"1"})");
  EXPECT_THAT(Message(Open("a", "id,b\n1,2\n").status()), HasSubstr("--format"));
  EXPECT_THAT(Message(Open("a.json", "[{\"id\":\"1\"}]").status()), HasSubstr("jq -c '.[]'"));
  EXPECT_THAT(Message(Open("empty.csv", "").status()), HasSubstr("empty"));
}

}  // namespace
}  // namespace aisle
