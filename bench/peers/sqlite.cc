// SPDX-License-Identifier: GPL-3.0-or-later
//
// SQLite with FTS5: a contentless index of all words, and a narrow table of facts with the facets
// as numbers, joined by rowid. One statement finds and ranks, one counts all facets from a
// materialised list of the matches; a refined facet is one more statement with its own selection
// lifted.
#include <filesystem>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <sqlite3.h>

#include "bench/harness/peer.h"
#include "bench/harness/product.h"
#include "bench/peers/catalog_sql.h"
#include "bench/peers/value_numbers.h"

namespace aisle::bench {
namespace {

constexpr char kSchema[] = R"(
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA cache_size = -1000000;
  CREATE TABLE facts(id INTEGER PRIMARY KEY, brand INT, category INT, category_top INT, color INT,
                     sizes INT, rating INT, in_stock INT, price INT, popularity INT);
  CREATE TABLE documents(id INTEGER PRIMARY KEY, json TEXT);
  CREATE TABLE dimensions(name TEXT, value TEXT, number INT);
  CREATE VIRTUAL TABLE words USING fts5(
      text, content='', tokenize='unicode61 remove_diacritics 0');
  BEGIN;
)";
constexpr char kIndexes[] = R"(
  INSERT INTO words(words) VALUES('optimize');
  CREATE INDEX facts_brand ON facts(brand, price);
  CREATE INDEX facts_category ON facts(category);
  CREATE INDEX facts_color ON facts(color, price);
  CREATE INDEX facts_popularity ON facts(popularity DESC);
  COMMIT;
  ANALYZE;
)";

// CROSS JOIN keeps SQLite from trying the facts first.
const SqlDialect kDialect = {
    .parameter = '?',
    .from_words = "words CROSS JOIN facts f ON f.id = words.rowid WHERE words MATCH ?1",
    .order = "bm25(words)"};

// A prepared statement; reset when it goes out of scope.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& Bind(int place, int64_t value) {
    sqlite3_bind_int64(statement_, place, value);
    return *this;
  }
  Statement& Bind(int place, std::string_view value) {
    sqlite3_bind_text(statement_, place, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
    return *this;
  }
  // False at the end, and after an error, which `status()` then has.
  bool Step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
      status_ = Internal("SQLite: {}", sqlite3_errmsg(sqlite3_db_handle(statement_)));
    }
    return code == SQLITE_ROW;
  }
  int64_t Int(int column) const { return sqlite3_column_int64(statement_, column); }
  uint64_t Bytes(int column) const {
    return static_cast<uint64_t>(sqlite3_column_bytes(statement_, column));
  }
  std::string Text(int column) const {
    return reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  }
  const absl::Status& status() const { return status_; }

 private:
  sqlite3_stmt* statement_;
  absl::Status status_;
};

class SqlitePeer : public Peer {
 public:
  using Peer::Peer;
  ~SqlitePeer() override {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }

  absl::StatusOr<uint64_t> Build() override {
    RETURN_IF_ERROR(OpenFile(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    RETURN_IF_ERROR(Execute(kSchema));
    int64_t products = 0;
    RETURN_IF_ERROR(
        ForEachProduct(options_.catalog, [&](const Product& product, std::string_view line) {
          return Insert(++products, product, line);
        }));
    for (const auto& [name, numbers] : dimensions_.ByName()) {
      for (const auto& [value, number] : numbers->all()) {
        RETURN_IF_ERROR(Finish(Prepare("INSERT INTO dimensions VALUES(?, ?, ?)")
                                   .Bind(1, name)
                                   .Bind(2, value)
                                   .Bind(3, number)));
      }
    }
    RETURN_IF_ERROR(Execute(kIndexes));
    return static_cast<uint64_t>(products);
  }

  absl::Status Open() override {
    RETURN_IF_ERROR(OpenFile(SQLITE_OPEN_READONLY));
    RETURN_IF_ERROR(
        Execute("PRAGMA mmap_size = 30000000000; PRAGMA cache_size = -1000000;"
                "PRAGMA temp_store = MEMORY;"));
    Statement statement = Prepare("SELECT name, value, number FROM dimensions");
    auto by_name = dimensions_.ByName();
    while (statement.Step()) {
      for (const auto& [name, numbers] : by_name) {
        if (name == statement.Text(0)) numbers->Set(statement.Text(1), statement.Int(2));
      }
    }
    return statement.status();
  }

  bool Can(const Work& work) override {
    return work.kind == WorkKind::kSearch || work.kind == WorkKind::kByPrice;
  }

  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override {
    Statement statement =
        Prepare(work.kind == WorkKind::kByPrice ? ByPriceSql(kDialect, query)
                                                : SearchSql(kDialect, work, query));
    if (!query.words.empty()) statement.Bind(1, MatchText(query));
    int place = 2;
    for (const int64_t number : NumbersOf(work, query, dimensions_)) {
      statement.Bind(place++, number);
    }
    SqlAnswer answer(work);
    while (statement.Step()) {
      answer.Add(statement.Int(0), statement.Int(1), statement.Int(2), statement.Bytes(3));
    }
    RETURN_IF_ERROR(statement.status());
    return answer.answer();
  }

 private:
  absl::Status OpenFile(int flags) {
    const std::string path = options_.folder + "/catalog.db";
    if (sqlite3_open_v2(path.c_str(), &database_, flags, nullptr) != SQLITE_OK) {
      return Internal("SQLite cannot open {}: {}", path, sqlite3_errmsg(database_));
    }
    return absl::OkStatus();
  }

  absl::Status Execute(const char* sql) {
    char* message = nullptr;
    if (sqlite3_exec(database_, sql, nullptr, nullptr, &message) == SQLITE_OK) {
      return absl::OkStatus();
    }
    const absl::Status status = Internal("SQLite: {}", message);
    sqlite3_free(message);
    return status;
  }

  // Each text is compiled once. A statement that does not compile is null, and its first step an
  // error.
  Statement Prepare(const std::string& sql) {
    const auto [place, is_new] = statements_.try_emplace(sql, nullptr);
    if (is_new) {
      sqlite3_prepare_v3(database_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &place->second,
                         nullptr);
    }
    return Statement(place->second);
  }

  static absl::Status Finish(Statement& statement) {
    while (statement.Step()) {
    }
    return statement.status();
  }

  absl::Status Insert(int64_t id, const Product& product, std::string_view line) {
    const FactRow row = dimensions_.Row(product);
    RETURN_IF_ERROR(Finish(Prepare("INSERT INTO facts VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                               .Bind(1, id)
                               .Bind(2, row.brand)
                               .Bind(3, row.category)
                               .Bind(4, row.category_top)
                               .Bind(5, row.color)
                               .Bind(6, row.sizes_mask)
                               .Bind(7, row.rating)
                               .Bind(8, row.in_stock)
                               .Bind(9, row.price)
                               .Bind(10, product.popularity)));
    RETURN_IF_ERROR(
        Finish(Prepare("INSERT INTO documents VALUES(?, ?)").Bind(1, id).Bind(2, line)));
    return Finish(Prepare("INSERT INTO words(rowid, text) VALUES(?, ?)")
                      .Bind(1, id)
                      .Bind(2, product.SearchedText()));
  }

  // "a b" is a AND b.
  static std::string MatchText(const Query& query) {
    return fmt::format("\"{}\"", fmt::join(SplitWords(query.words), "\" \""));
  }

  sqlite3* database_ = nullptr;
  std::map<std::string, sqlite3_stmt*> statements_;
  Dimensions dimensions_;
};

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) {
  return aisle::bench::PeerMain(
      "sqlite",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<aisle::bench::SqlitePeer>(options);
      },
      argc, argv);
}
