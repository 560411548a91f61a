// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/seen_documents.h"

#include <gtest/gtest.h>

namespace aisle {
namespace {

TEST(SeenDocumentsTest, AChangeFromBeforeTheFetchIsNotWritten) {
  SeenDocuments seen;
  seen.Reset(100);
  EXPECT_FALSE(seen.IsBefore("a", 99)) << "nothing is known of single documents";
  EXPECT_TRUE(seen.IsBefore("a", 100));
  seen.Note("a", 200);
  EXPECT_FALSE(seen.IsBefore("a", 199));
  EXPECT_TRUE(seen.IsBefore("b", 199));
  EXPECT_TRUE(seen.IsBefore("a", 200));
  seen.Note("a", 300);
  seen.Forget(200);
  EXPECT_FALSE(seen.IsBefore("a", 250));
}

TEST(SeenDocumentsTest, ManyDocumentsBecomeOneBound) {
  SeenDocuments seen;
  for (uint64_t i = 0; i < 200'001; ++i) seen.Note("d" + std::to_string(i), 1000 + i);
  EXPECT_FALSE(seen.IsBefore("never fetched", 1000 + 199'998));
  EXPECT_TRUE(seen.IsBefore("never fetched", 1000 + 199'999));
  EXPECT_FALSE(seen.IsBefore("d200000", 1000 + 199'999));
}

}  // namespace
}  // namespace aisle
