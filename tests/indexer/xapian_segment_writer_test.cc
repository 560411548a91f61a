// SPDX-License-Identifier: GPL-3.0-or-later
//
// The databases that WriteXapianSegment() writes are what Xapian itself would have written: the
// same terms, postings, lengths, values, bounds and data, and Xapian finds nothing wrong with them,
// nor with what it compacts them to.
#include "indexer/xapian_segment_writer.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <xapian.h>

#include "indexer/indexed_document.h"
#include "indexer/xapian_compaction.h"
#include "indexer/xapian_format.h"
#include "indexer/xapian_table_reader.h"
#include "indexer/xapian_table_writer.h"
#include "tests/laws/random_catalog.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

#if defined(__SANITIZE_ADDRESS__)
// Xapian::Database::check() deletes a table by a base whose destructor is not virtual (1.4.22).
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }
#endif

namespace aisle {
namespace {

using Documents = std::vector<std::shared_ptr<const IndexedDocument>>;

// As Xapian's own writer writes it.
void WriteByXapian(const std::string& path, const Documents& documents, const IndexSchema& schema) {
  Xapian::WritableDatabase database(path, Xapian::DB_CREATE | Xapian::DB_NO_TERMLIST);
  database.set_metadata(kXapianFormatKey, kXapianFormat);
  for (const auto& document : documents) {
    Xapian::Document out;
    out.set_data(document->source);
    out.add_boolean_term(XapianIdTerm(document->id));
    for (const IndexedTerm& term : document->terms) {
      size_t place = 0;
      for (int bit = 0; bit < schema.search_bits(); ++bit) {
        if (((term.field_mask >> bit) & 1) == 0) continue;
        out.add_term(XapianFieldPrefix(schema.FieldOfBit(bit)) + term.text,
                     term.frequencies[place++]);
      }
    }
    out.add_value(kOrderSlot, EncodeOrder(document->order));
    out.add_value(kIdSlot, document->id);
    for (size_t field = 0; field < document->columns.size(); ++field) {
      FieldValues column = document->columns[field];
      std::vector<std::string> once;
      for (const std::string& text : column.texts) {
        if (std::find(once.begin(), once.end(), text) == once.end()) once.push_back(text);
      }
      column.texts = once;
      if (!column.empty()) out.add_value(kColumnSlot + unsigned(field), EncodeColumn(column));
    }
    database.add_document(out);
  }
  database.commit();
}

// The index that is written may have been made of one that had `dead` documents too.
absl::Status WriteByAisle(const std::string& path, const Documents& documents,
                          const IndexSchema& schema, const Documents& dead = {}) {
  Dictionaries dictionaries;
  MemoryIndexBuilder builder(schema, &dictionaries);
  for (const auto& document : documents) builder.Add(*document);
  for (const auto& document : dead) builder.Add(*document);
  std::shared_ptr<const MemoryIndex> index = builder.Build();
  if (!dead.empty()) {
    DocSet live(index->size());
    for (DocId doc = 0; doc < documents.size(); ++doc) live.Set(doc);
    MemoryIndexBuilder kept(schema, &dictionaries);
    kept.Append(*index, live);
    index = kept.Build();
  }
  return WriteXapianSegment(
      path, {.index = index.get(),
             .schema = &schema,
             .dictionaries = &dictionaries,
             .for_each_source = [&](const std::function<void(std::string_view)>& add) {
               for (const auto& document : documents) add(document->source);
               return absl::OkStatus();
             }});
}

// All that a database holds, as text.
std::string Dump(const std::string& path, const IndexSchema& schema) try {
  const Xapian::Database database(path);
  std::ostringstream out;
  out << database.get_doccount() << ' ' << database.get_lastdocid() << ' '
      << database.get_total_length() << ' ' << database.get_doclength_lower_bound() << ' '
      << database.get_doclength_upper_bound() << ' ' << database.get_metadata(kXapianFormatKey)
      << '\n';
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    out << *term << ' ' << term.get_termfreq() << ' ' << database.get_collection_freq(*term) << ':';
    for (auto it = database.postlist_begin(*term); it != database.postlist_end(*term); ++it) {
      out << ' ' << *it << '*' << it.get_wdf();
    }
    out << '\n';
  }
  for (unsigned slot = 0; slot < kColumnSlot + schema.fields().size(); ++slot) {
    out << slot << ' ' << database.get_value_freq(slot) << ' '
        << database.get_value_lower_bound(slot) << ' ' << database.get_value_upper_bound(slot);
    for (auto it = database.valuestream_begin(slot); it != database.valuestream_end(slot); ++it) {
      out << ' ' << it.get_docid() << '=' << *it;
    }
    out << '\n';
  }
  for (Xapian::docid doc = 1; doc <= database.get_doccount(); ++doc) {
    out << database.get_doclength(doc) << ' ' << database.get_document(doc).get_data() << '\n';
  }
  return out.str();
} catch (const Xapian::Error& error) {
  ADD_FAILURE() << path << ": " << error.get_description();
  return "";
}

class XapianSegmentWriterTest : public ::testing::Test {
 protected:
  Documents RandomDocuments(size_t count) {
    Documents documents;
    for (size_t i = 0; i < count; ++i) {
      std::string id = std::to_string(next_id_++);
      if (Below(random_, 100) == 0) id += std::string("\0\0z", 3);
      const auto document = ReadDocument(RandomDocument(random_, id), schema_->schema());
      EXPECT_TRUE(document.ok()) << document.status();
      auto indexed = MapDocument(*document, *schema_);
      indexed->order = next_id_ * 3;
      // Sources of all sizes: of one item, of several, of several stored blocks.
      // Of random letters: Xapian 1.4 cannot read again what it deflates to less than a fourth.
      size_t more = Below(random_, 20) == 0 ? Below(random_, 9000) : 0;
      if (Below(random_, 500) == 0) more = Below(random_, 200000);
      while (more-- > 0) indexed->source.push_back(static_cast<char>('a' + Below(random_, 26)));
      documents.push_back(std::move(indexed));
    }
    return documents;
  }
  void ExpectSame(const std::string& ours, const std::string& theirs) {
    std::ostringstream report;
    EXPECT_EQ(Xapian::Database::check(ours, 0, &report), 0u) << report.str();
    // Compared as a whole: a difference is too long to print.
    EXPECT_TRUE(Dump(ours, *schema_) == Dump(theirs, *schema_)) << ours;
    EXPECT_EQ(CountRead(ours), Xapian::Database(ours).get_doccount());
    CountRead(theirs);
  }
  // How many documents are read without Xapian; those must be read as Xapian reads them.
  static size_t CountRead(const std::string& path) {
    const auto reader = XapianTableReader::OpenDocuments(path);
    if (reader == nullptr) return 0;
    const Xapian::Database database(path);
    size_t count = 0, wrong = 0;
    for (Xapian::docid doc = 1; doc <= database.get_doccount(); ++doc) {
      const auto text = reader->Get(doc);
      if (!text) continue;
      ++count;
      if (*text != database.get_document(doc).get_data()) ++wrong;
    }
    EXPECT_EQ(wrong, 0u) << path;
    EXPECT_EQ(reader->Get(0), std::nullopt);
    EXPECT_EQ(reader->Get(database.get_doccount() + 1), std::nullopt);
    return count;
  }
  std::string Path(const std::string& name) const { return directory_.path() + "/" + name; }

  Random random_{TestSeed()};
  uint64_t next_id_ = 1;
  TempDirectory directory_;
  std::shared_ptr<const IndexSchema> schema_ = *IndexSchema::Create(LawSchema());
};

TEST_F(XapianSegmentWriterTest, WritesWhatXapianWouldWrite) {
  for (const size_t count : {1u, 2u, 130u, 4000u}) {
    const Documents documents = RandomDocuments(count);
    const std::string ours = Path(fmt::format("ours{}", count));
    const std::string theirs = Path(fmt::format("theirs{}", count));
    ASSERT_TRUE(WriteByAisle(ours, documents, *schema_).ok());
    WriteByXapian(theirs, documents, *schema_);
    ExpectSame(ours, theirs);
  }
}

// Words and frequencies that only dead documents have are nowhere.
TEST_F(XapianSegmentWriterTest, NothingOfDeadDocumentsIsWritten) {
  const Documents documents = RandomDocuments(30);
  std::string body;
  for (int i = 0; i < 200; ++i) body += "dead ";
  const Json dead(Json::Object{{"id", "dead"}, {"title", "dead"}, {"body", body}, {"price", 1.0}});
  const auto read = ReadDocument(dead, schema_->schema());
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(WriteByAisle(Path("ours"), documents, *schema_, {MapDocument(*read, *schema_)}).ok());
  WriteByXapian(Path("theirs"), documents, *schema_);
  ExpectSame(Path("ours"), Path("theirs"));
}

TEST_F(XapianSegmentWriterTest, XapianCompactsWhatItWrites) {
  Documents all;
  std::vector<std::string> parts;
  for (const size_t count : {700u, 1u, 40u}) {
    const Documents documents = RandomDocuments(count);
    parts.push_back(Path(fmt::format("part{}", count)));
    ASSERT_TRUE(WriteByAisle(parts.back(), documents, *schema_).ok());
    all.insert(all.end(), documents.begin(), documents.end());
  }
  ASSERT_TRUE(CompactXapianSegments(parts, Path("ours")).ok());
  WriteByXapian(Path("theirs"), all, *schema_);
  ExpectSame(Path("ours"), Path("theirs"));
}

// Several levels of branches, of long keys and of short ones.
TEST_F(XapianSegmentWriterTest, TablesOfAnyDepth) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20000; ++i) {
    std::string id = std::to_string(random_());
    id.resize(2 + Below(random_, 180), 'k');
    ids.push_back(std::move(id));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  Documents documents;
  for (const std::string& id : ids) {
    auto document = std::make_shared<IndexedDocument>();
    document->id = id;
    document->source = id;
    document->columns.resize(schema_->fields().size());
    documents.push_back(std::move(document));
  }
  ASSERT_TRUE(WriteByAisle(Path("ours"), documents, *schema_).ok());
  WriteByXapian(Path("theirs"), documents, *schema_);
  ExpectSame(Path("ours"), Path("theirs"));
}

TEST_F(XapianSegmentWriterTest, NumbersInKeysSortAsNumbers) {
  std::vector<uint32_t> numbers = {0, 1, 0x7FFF, 0x8000, 0x3FFFFF, 0x400000, UINT32_MAX};
  for (int i = 0; i < 2000; ++i)
    numbers.push_back(static_cast<uint32_t>(random_() >> Below(random_, 32)));
  std::sort(numbers.begin(), numbers.end());
  std::string before;
  for (size_t i = 0; i < numbers.size(); ++i) {
    std::string key;
    AppendXapianSortedNumber(numbers[i], &key);
    if (i > 0 && numbers[i] != numbers[i - 1]) EXPECT_LT(before, key) << numbers[i];
    before = key;
  }
}

// Whatever stands in the files: documents are read or are not.
TEST_F(XapianSegmentWriterTest, DamagedTablesAreReadOrLeft) {
  ASSERT_TRUE(WriteByAisle(Path("ours"), RandomDocuments(300), *schema_).ok());
  for (const char* name : {"/docdata.glass", "/iamglass"}) {
    const std::string path = Path("ours") + name;
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    for (int round = 0; round < 200; ++round) {
      std::string damaged = bytes;
      for (uint64_t n = 1 + Below(random_, 8); n > 0; --n) {
        // Heads and directories of blocks rather than texts.
        const size_t block = Below(random_, bytes.size() / 8192 + 1) * 8192;
        const size_t place = std::min(bytes.size() - 1, block + Below(random_, 100));
        damaged[place] = static_cast<char>(random_());
      }
      if (Below(random_, 10) == 0) damaged.resize(Below(random_, bytes.size()));
      std::ofstream(path, std::ios::binary) << damaged;
      const auto reader = XapianTableReader::OpenDocuments(Path("ours"));
      for (uint32_t doc = 0; reader != nullptr && doc <= 301; ++doc) (void)reader->Get(doc);
    }
    std::ofstream(path, std::ios::binary) << bytes;
  }
  EXPECT_EQ(CountRead(Path("ours")), 300u);
}

TEST_F(XapianSegmentWriterTest, TellsThatItCannotWrite) {
  EXPECT_FALSE(WriteByAisle("/proc/nowhere", RandomDocuments(3), *schema_).ok());
}

}  // namespace
}  // namespace aisle
