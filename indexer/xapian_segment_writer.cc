// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/xapian_segment_writer.h"

#include <filesystem>

#include "core/file.h"
#include "indexer/xapian_error.h"
#include "indexer/xapian_format.h"

namespace aisle {
namespace {

// Small flushes are several times faster than one big one, which sorts everything in memory
// (DESIGN, section 1).
constexpr int kFlushDocuments = 3000;

}  // namespace

struct XapianSegmentWriter::Database {
  Xapian::WritableDatabase xapian;
  int unflushed = 0;
};

XapianSegmentWriter::XapianSegmentWriter(std::string directory,
                                         std::shared_ptr<const IndexSchema> schema)
    : directory_(std::move(directory)), schema_(std::move(schema)) {
  for (int bit = 0; bit < schema_->search_bits(); ++bit) {
    prefixes_.push_back(XapianFieldPrefix(schema_->FieldOfBit(bit)));
  }
}

XapianSegmentWriter::~XapianSegmentWriter() {
  // Closing commits what is pending and may throw; an unfinished segment is garbage in any case.
  try {
    if (database_ != nullptr) database_->xapian.close();
  } catch (const Xapian::Error&) {
  }
}

absl::StatusOr<std::unique_ptr<XapianSegmentWriter>> XapianSegmentWriter::Create(
    std::string directory, std::shared_ptr<const IndexSchema> schema) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(directory).parent_path(), error);
  auto writer = std::unique_ptr<XapianSegmentWriter>(
      new XapianSegmentWriter(std::move(directory), std::move(schema)));
  RETURN_IF_ERROR(CatchXapian("cannot create segment " + writer->directory_, [&]() -> absl::Status {
    writer->database_ = std::make_unique<Database>();
    writer->database_->xapian = Xapian::WritableDatabase(
        writer->directory_,
        Xapian::DB_CREATE | Xapian::DB_NO_TERMLIST | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS);
    writer->database_->xapian.set_metadata(kXapianFormatKey, kXapianFormat);
    return absl::OkStatus();
  }));
  return writer;
}

absl::Status XapianSegmentWriter::Add(const IndexedDocument& document) {
  return CatchXapian("cannot write segment " + directory_, [&]() -> absl::Status {
    Xapian::Document out;
    out.set_data(document.source);
    out.add_boolean_term(XapianIdTerm(document.id));
    for (const IndexedTerm& term : document.terms) {
      const uint8_t* frequency = term.frequencies.data();
      for (uint32_t mask = term.field_mask; mask != 0; mask &= mask - 1) {
        out.add_term(prefixes_[static_cast<size_t>(std::countr_zero(mask))] + term.text,
                     *frequency++);
      }
    }
    out.add_value(kOrderSlot, EncodeOrder(document.order));
    out.add_value(kIdSlot, document.id);
    for (size_t field = 0; field < document.columns.size(); ++field) {
      if (document.columns[field].empty()) continue;
      out.add_value(kColumnSlot + static_cast<unsigned>(field),
                    EncodeColumn(document.columns[field]));
    }
    database_->xapian.add_document(out);
    if (++database_->unflushed >= kFlushDocuments) {
      database_->xapian.commit();
      database_->unflushed = 0;
    }
    return absl::OkStatus();
  });
}

absl::Status XapianSegmentWriter::Finish() {
  RETURN_IF_ERROR(CatchXapian("cannot finish segment " + directory_, [&]() -> absl::Status {
    database_->xapian.commit();
    database_->xapian.close();
    return absl::OkStatus();
  }));
  // Once for all commits: before it the segment is in no manifest.
  return SyncDirectory(directory_);
}

}  // namespace aisle
