// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostgreSQL: a GIN index over tsvector, ranked by ts_rank, in a cluster of its own
// (bench/peers/postgresql-cluster) over a Unix socket, with prepared statements. Facets are
// numbers. See bench/peers/catalog_sql.h for the statement.
#include <libpq-fe.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "bench/harness/peer.h"
#include "bench/harness/product.h"
#include "bench/peers/catalog_sql.h"
#include "bench/peers/value_numbers.h"

namespace aisle::bench {
namespace {

// The documents are a table of their own, so that the rows that are counted are narrow.
constexpr char kSchema[] = R"(
  CREATE TABLE facts(id int, brand int, category int, category_top int, color int, sizes int,
                     rating int, in_stock int, price int, popularity int, words tsvector);
  CREATE TABLE documents(id int, json text);
  CREATE TABLE dimensions(name text, value text, number int);
)";
constexpr char kIndexes[] = R"(
  ALTER TABLE facts ADD PRIMARY KEY (id);
  ALTER TABLE documents ADD PRIMARY KEY (id);
  CREATE INDEX ON facts USING gin (words) WITH (fastupdate = off);
  CREATE INDEX ON facts (brand, price);
  CREATE INDEX ON facts (color, price);
  CREATE INDEX ON facts (category);
  CREATE INDEX ON facts (popularity DESC);
)";
const SqlDialect kDialect = {.parameter = '$',
                             .from_words = "facts f, to_tsquery('simple', $1) q WHERE f.words @@ q",
                             .order = "-ts_rank(f.words, q)"};

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

class PostgresqlPeer : public Peer {
 public:
  explicit PostgresqlPeer(PeerOptions options)
      : Peer(std::move(options)), folder_(std::filesystem::absolute(options_.folder)) {}
  ~PostgresqlPeer() override {
    PQfinish(connection_);
    if (running_) (void)Cluster("stop");
  }

  absl::StatusOr<uint64_t> Build() override {
    RETURN_IF_ERROR(Cluster("create"));
    RETURN_IF_ERROR(Connect());
    RETURN_IF_ERROR(Execute(kSchema));
    ASSIGN_OR_RETURN(const uint64_t products, CopyProducts());
    std::string dimensions;
    for (const auto& [name, numbers] : dimensions_.ByName()) {
      for (const auto& [value, number] : numbers->all()) {
        dimensions += fmt::format("{}\t{}\t{}\n", name, value, number);
      }
    }
    RETURN_IF_ERROR(Copy("dimensions", dimensions));
    RETURN_IF_ERROR(Execute(kIndexes));
    RETURN_IF_ERROR(Execute("VACUUM (ANALYZE)"));
    RETURN_IF_ERROR(Execute("CHECKPOINT"));
    return products;
  }

  absl::Status Open() override {
    RETURN_IF_ERROR(Connect());
    const Result rows = Take(PQexec(connection_, "SELECT name, value, number FROM dimensions"));
    if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK) return Error();
    auto by_name = dimensions_.ByName();
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
      for (const auto& [name, numbers] : by_name) {
        if (name != PQgetvalue(rows.get(), row, 0)) continue;
        numbers->Set(PQgetvalue(rows.get(), row, 1), Int(rows, row, 2));
      }
    }
    return absl::OkStatus();
  }

  bool Can(const Work& work) override {
    return work.kind == WorkKind::kSearch || work.kind == WorkKind::kByPrice;
  }

  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override {
    std::vector<std::string> texts = {fmt::format("{}", fmt::join(SplitWords(query.words), " & "))};
    for (const int64_t number : NumbersOf(work, query, dimensions_)) {
      texts.push_back(std::to_string(number));
    }
    std::vector<const char*> values;
    for (const std::string& text : texts) values.push_back(text.c_str());
    const std::string sql = work.kind == WorkKind::kByPrice ? ByPriceSql(kDialect, query)
                                                            : SearchSql(kDialect, work, query);
    ASSIGN_OR_RETURN(const std::string statement, Prepared(sql, values.size()));
    const Result rows =
        Take(PQexecPrepared(connection_, statement.c_str(), static_cast<int>(values.size()),
                            values.data(), nullptr, nullptr, 0));
    if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK) return Error();
    SqlAnswer answer(work);
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
      answer.Add(Int(rows, row, 0), Int(rows, row, 1), Int(rows, row, 2),
                 static_cast<uint64_t>(PQgetlength(rows.get(), row, 3)));
    }
    return answer.answer();
  }

  // Without the log of changes.
  uint64_t DiskBytes() const override {
    const Result rows = Take(PQexec(connection_, "SELECT pg_database_size('postgres')"));
    return PQntuples(rows.get()) == 1 ? static_cast<uint64_t>(Int(rows, 0, 0)) : 0;
  }

  // What the server's processes hold; shared pages are divided among those that share them.
  uint64_t ResidentBytes() const override {
    std::ifstream pid_file(folder_ / "data/postmaster.pid");
    std::string postmaster;
    std::getline(pid_file, postmaster);
    uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      std::ifstream stat(entry.path() / "stat");
      std::string pid, name, state, parent;
      if (!(stat >> pid >> name >> state >> parent)) continue;
      if (pid == postmaster || parent == postmaster) bytes += ProportionalBytes(entry.path());
    }
    return bytes;
  }

 private:
  static Result Take(PGresult* result) { return {result, &PQclear}; }
  static int64_t Int(const Result& rows, int row, int column) {
    return std::strtoll(PQgetvalue(rows.get(), row, column), nullptr, 10);
  }
  static uint64_t ProportionalBytes(const std::filesystem::path& process) {
    std::ifstream in(process / "smaps_rollup");
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("Pss:")) return std::strtoull(line.c_str() + 4, nullptr, 10) * 1024;
    }
    return 0;
  }

  absl::Status Error() const { return Internal("PostgreSQL: {}", PQerrorMessage(connection_)); }

  absl::Status Cluster(std::string_view action) const {
    const std::string command =
        fmt::format("'{}' {} '{}'", AISLE_BENCH_POSTGRESQL_CLUSTER, action, folder_.string());
    if (std::system(command.c_str()) == 0) return absl::OkStatus();
    return Internal("{} failed; see {}/server.log", command, folder_.string());
  }

  absl::Status Connect() {
    RETURN_IF_ERROR(Cluster("start"));
    running_ = true;
    connection_ =
        PQconnectdb(fmt::format("host='{}' user=bench dbname=postgres", folder_.string()).c_str());
    return PQstatus(connection_) == CONNECTION_OK ? absl::OkStatus() : Error();
  }

  absl::Status Execute(const std::string& sql) {
    const Result result = Take(PQexec(connection_, sql.c_str()));
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK ? absl::OkStatus() : Error();
  }

  // Rows in COPY's text format. The catalog has nothing in it that would need an escape.
  absl::Status Copy(std::string_view table, const std::string& rows) {
    const Result begun =
        Take(PQexec(connection_, fmt::format("COPY {} FROM STDIN", table).c_str()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return Error();
    if (PQputCopyData(connection_, rows.data(), static_cast<int>(rows.size())) != 1 ||
        PQputCopyEnd(connection_, nullptr) != 1) {
      return Error();
    }
    absl::Status status;
    while (const Result result = Take(PQgetResult(connection_))) {
      if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) status = Error();
    }
    return status;
  }

  // The server makes the tsvectors, from a table that goes away.
  absl::StatusOr<uint64_t> CopyProducts() {
    RETURN_IF_ERROR(
        Execute("CREATE UNLOGGED TABLE loaded(LIKE facts); "
                "ALTER TABLE loaded ALTER words TYPE text"));
    uint64_t products = 0;
    std::string facts, documents;
    const auto flush = [&]() -> absl::Status {
      RETURN_IF_ERROR(Copy("loaded", facts));
      RETURN_IF_ERROR(Copy("documents", documents));
      facts.clear();
      documents.clear();
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(ForEachProduct(
        options_.catalog, [&](const Product& product, std::string_view line) -> absl::Status {
          const FactRow row = dimensions_.Row(product);
          ++products;
          facts +=
              fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", products, row.brand,
                          row.category, row.category_top, row.color, row.sizes_mask, row.rating,
                          row.in_stock, row.price, product.popularity, product.SearchedText());
          documents += fmt::format("{}\t{}\n", products, line);
          return products % 10'000 == 0 ? flush() : absl::OkStatus();
        }));
    RETURN_IF_ERROR(flush());
    RETURN_IF_ERROR(
        Execute("INSERT INTO facts SELECT id, brand, category, category_top, color, sizes, rating, "
                "in_stock,"
                " price, popularity, to_tsvector('simple', words) FROM loaded; DROP TABLE loaded"));
    return products;
  }

  // The name of the prepared statement for `sql`: the first parameter is a text, the others
  // numbers.
  absl::StatusOr<std::string> Prepared(const std::string& sql, size_t parameters) {
    const auto [place, is_new] = prepared_.try_emplace(sql, fmt::format("s{}", prepared_.size()));
    if (is_new) {
      constexpr Oid kText = 25;
      constexpr Oid kInt4 = 23;
      std::vector<Oid> types(parameters, kInt4);
      types[0] = kText;
      const Result result = Take(PQprepare(connection_, place->second.c_str(), sql.c_str(),
                                           static_cast<int>(parameters), types.data()));
      if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) return Error();
    }
    return place->second;
  }

  std::filesystem::path folder_;
  PGconn* connection_ = nullptr;
  bool running_ = false;
  std::map<std::string, std::string> prepared_;
  Dimensions dimensions_;
};

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) {
  return aisle::bench::PeerMain(
      "postgresql",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<aisle::bench::PostgresqlPeer>(options);
      },
      argc, argv);
}
