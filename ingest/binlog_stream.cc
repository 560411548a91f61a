// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/binlog_stream.h"

#include <algorithm>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>

namespace aisle {
namespace {

// The rest of a transaction, part of which has come, is on its way.
constexpr absl::Duration kRestOfTransaction = absl::Milliseconds(100);
constexpr UnixMicros kSecond = 1'000'000;

bool IsWordByte(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string LowerCase(std::string_view text) {
  return absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
}

// The words of a statement in lower case, without comments and texts.
std::vector<std::string> WordsOf(std::string_view statement) {
  std::vector<std::string> words;
  for (size_t i = 0; i < statement.size();) {
    const char c = statement[i];
    if (statement.substr(i, 2) == "/*") {
      // What MariaDB executes is no comment: /*!40000 ... */, /*M! ... */
      const bool is_code = statement.substr(i, 3) == "/*!" || statement.substr(i, 4) == "/*M!";
      const size_t end = is_code ? i + 2 : statement.find("*/", i + 2);
      i = end == std::string_view::npos ? statement.size() : end + (is_code ? 1 : 2);
    } else if (c == '`' || c == '\'' || c == '"') {
      size_t end = i + 1;
      while (end < statement.size() && statement[end] != c) end += statement[end] == '\\' ? 2 : 1;
      end = std::min(end, statement.size());
      if (c != '\'') words.push_back(LowerCase(statement.substr(i + 1, end - i - 1)));
      i = end + 1;
    } else if (IsWordByte(c) || static_cast<unsigned char>(c) >= 0x80) {
      size_t end = i;
      while (end < statement.size() &&
             (IsWordByte(statement[end]) || static_cast<unsigned char>(statement[end]) >= 0x80)) {
        ++end;
      }
      words.push_back(LowerCase(statement.substr(i, end - i)));
      i = end;
    } else {
      ++i;
    }
  }
  return words;
}

}  // namespace

bool ChangesTables(std::string_view statement, const std::vector<std::string>& names) {
  constexpr std::string_view kVerbs[] = {"truncate", "drop",   "rename", "alter",   "create",
                                         "insert",   "update", "delete", "replace", "load"};
  // Of these, what makes no difference to rows.
  constexpr std::string_view kHarmless[] = {"index",    "view",   "trigger",  "procedure",
                                            "function", "event",  "user",     "role",
                                            "server",   "unique", "fulltext", "spatial"};
  const std::vector<std::string> words = WordsOf(statement);
  if (words.empty()) return false;
  if (std::find(std::begin(kVerbs), std::end(kVerbs), words[0]) == std::end(kVerbs)) return false;
  const bool is_harmless =
      words.size() > 1 && (words[0] == "create" || words[0] == "drop") &&
      std::find(std::begin(kHarmless), std::end(kHarmless), words[1]) != std::end(kHarmless);
  if (is_harmless) return false;
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return absl::EqualsIgnoreCase(word, name); });
  });
}

absl::StatusOr<std::unique_ptr<BinlogStream>> BinlogStream::Open(
    const DatabaseDefinition& definition, MariadbConnection connection,
    const std::string& file_base, LogPosition start) {
  std::unique_ptr<BinlogStream> stream(new BinlogStream(&definition, std::move(connection), start));
  RETURN_IF_ERROR(stream->connection_.StartBinlog(
      {.server_id = definition.server_id,
       .file = fmt::format("{}.{:06}", file_base, BinlogFile(start)),
       .offset = BinlogOffset(start)}));
  return stream;
}

absl::StatusOr<ChangeBatch> BinlogStream::Read(absl::Duration wait) {
  ChangeBatch batch;
  fetches_before_ = 0;
  while (!IsEnough(batch, is_in_transaction_)) {
    ASSIGN_OR_RETURN(const auto event, connection_.Receive(wait));
    if (!event) {
      if (is_in_transaction_ && wait != kRestOfTransaction) {
        wait = kRestOfTransaction;
        continue;
      }
      break;
    }
    RETURN_IF_ERROR(Handle(*event, &batch));
    // A heartbeat is the end of the wait.
    if (event->type == BinlogEvent::Type::kHeartbeat) break;
    wait = absl::ZeroDuration();
  }
  return batch;
}

absl::Status BinlogStream::Handle(const BinlogEvent& event, ChangeBatch* batch) {
  using Type = BinlogEvent::Type;
  if (event.type == Type::kGtid) Begin(event, *batch);
  if (event.end != 0) position_ = BinlogPosition(BinlogFile(position_), event.end);
  switch (event.type) {
    case Type::kTable:
      return HandleTable(event);
    case Type::kRows:
      return HandleRows(event, batch);
    case Type::kQuery:
      HandleStatement(event, batch);
      break;
    case Type::kPrepared:
    case Type::kCommit:
      End(batch);
      break;
    case Type::kRotate: {
      ASSIGN_OR_RETURN(const uint32_t file, BinlogFileNumber(event.file));
      // The one at the beginning names the file that is read already.
      if (file != BinlogFile(position_)) position_ = BinlogPosition(file, 4);
      break;
    }
    case Type::kUnknown:
      batch->visible_at = position_;
      batch->pending.needs_snapshot = true;
      break;
    default:
      break;
  }
  return absl::OkStatus();
}

void BinlogStream::Begin(const BinlogEvent& event, const ChangeBatch& batch) {
  is_in_transaction_ = true;
  is_standalone_ = event.is_standalone;
  transaction_begin_ = position_;
  // The log tells whole seconds. What is read within that second counts from when it was read.
  transaction_time_ = std::min(NowMicros(), (UnixMicros{event.seconds} + 1) * kSecond);
  has_changes_ = false;
  fetches_before_ = batch.pending.fetches;
  gtid_ = event.gtid;
}

void BinlogStream::End(ChangeBatch* batch) {
  is_in_transaction_ = false;
  is_standalone_ = false;
  last_gtid_ = gtid_;
  if (has_changes_) {
    batch->transactions.push_back({.commit_time = transaction_time_,
                                   .has_fetches = batch->pending.fetches > fetches_before_});
  }
  batch->position = position_;
}

bool BinlogStream::IsMapped(std::string_view schema, std::string_view table) const {
  return std::any_of(
      definition_->tables.begin(), definition_->tables.end(),
      [&](const TableMapping& one) { return one.schema == schema && one.table == table; });
}

absl::Status BinlogStream::HandleTable(const BinlogEvent& event) {
  if (!IsMapped(event.schema, event.table)) {
    tables_.erase(event.table_id);
    return absl::OkStatus();
  }
  const std::string said =
      fmt::format("{}.{}.{}.{}.{}.{}", event.schema, event.table, event.column_types,
                  event.column_metadata, event.unsigned_columns, event.column_names);
  const auto known = tables_.find(event.table_id);
  if (known != tables_.end() && known->second.said == said) return absl::OkStatus();
  ASSIGN_OR_RETURN(BinlogTable table, BinlogTable::FromEvent(event));
  mapper_.SetRelation(table.shape());
  tables_.insert_or_assign(event.table_id, KnownTable{said, std::move(table)});
  return absl::OkStatus();
}

absl::Status BinlogStream::HandleRows(const BinlogEvent& event, ChangeBatch* batch) {
  const auto known = tables_.find(event.table_id);
  if (known == tables_.end()) return absl::OkStatus();
  has_changes_ = true;
  batch->visible_at = position_;
  const BinlogTable& table = known->second.table;
  // Rows from before the server's settings were right, or of a session with others.
  if (!event.has_all_columns || table.shape().columns.empty()) {
    batch->pending.needs_snapshot = true;
    return absl::OkStatus();
  }
  // Every position within the transaction is as good: nobody sees a part of it.
  const LogPosition position = transaction_begin_;
  const auto map = [&](const auto& row) {
    ++batch->changes;
    return mapper_.Map(row, position, &batch->pending);
  };
  return table.Visit(event, {.insert = map, .update = map, .remove = map});
}

void BinlogStream::HandleStatement(const BinlogEvent& event, ChangeBatch* batch) {
  const std::string_view statement = event.statement;
  const bool ends = is_standalone_ || statement == "COMMIT" || statement == "ROLLBACK";
  std::vector<std::string> names;
  for (const TableMapping& table : definition_->tables) names.push_back(table.table);
  // What a distributed transaction has changed came when it was prepared, and was not visible.
  const bool is_distributed = absl::StartsWithIgnoreCase(
      absl::string_view(statement.data(), statement.size()), "XA COMMIT");
  if (is_distributed || ChangesTables(statement, names)) {
    batch->visible_at = position_;
    batch->pending.needs_snapshot = true;
    has_changes_ = true;
    ++batch->changes;
  }
  if (ends) End(batch);
}

}  // namespace aisle
