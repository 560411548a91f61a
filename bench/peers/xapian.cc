// SPDX-License-Identifier: GPL-3.0-or-later
//
// Xapian as its manual advises for a catalog that is built once: no positions and no termlists
// (nothing asks for phrases or deletes), flushes of a few thousand documents, compacted at the end.
// Words of all fields are terms; brand, category and color are boolean terms for filters and value
// slots for ValueCountMatchSpy. A request with refined facets is one query for the hits and one
// more for each refined facet.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <xapian.h>

#include "bench/harness/peer.h"
#include "bench/harness/product.h"

namespace aisle::bench {
namespace {

enum Slot : Xapian::valueno { kBrand, kCategory, kColor, kSizes, kRating, kInStock, kPrice };

Slot SlotOf(std::string_view facet) {
  if (facet == "brand") return kBrand;
  if (facet == "category") return kCategory;
  if (facet == "color") return kColor;
  if (facet == "sizes") return kSizes;
  return facet == "rating" ? kRating : kInStock;
}

// Counts the values of a slot that holds a list, separated by blanks; ValueCountMatchSpy takes the
// slot as one value.
class ListCountMatchSpy : public Xapian::MatchSpy {
 public:
  explicit ListCountMatchSpy(Xapian::valueno slot) : slot_(slot) {}
  void operator()(const Xapian::Document& document, double) override {
    const std::string list = document.get_value(slot_);
    for (size_t begin = 0; begin < list.size();) {
      const size_t end = std::min(list.find(' ', begin), list.size());
      ++counts_[list.substr(begin, end - begin)];
      begin = end + 1;
    }
  }

 private:
  Xapian::valueno slot_;
  std::map<std::string, uint64_t> counts_;
};

// A part of the query for each selection, by facet.
struct Selection {
  std::string_view facet;
  Xapian::Query query;
};

std::vector<Selection> SelectionsOf(const Query& query) {
  std::vector<Selection> selections;
  if (!query.brands.empty()) {
    std::vector<Xapian::Query> terms;
    for (const std::string& brand : query.brands) terms.emplace_back("XB" + brand);
    selections.push_back({"brand", {Xapian::Query::OP_OR, terms.begin(), terms.end()}});
  }
  if (!query.category_top.empty()) {
    selections.push_back({"category", Xapian::Query("XC" + query.category_top)});
  }
  if (!query.color.empty()) selections.push_back({"color", Xapian::Query("XO" + query.color)});
  return selections;
}

class XapianPeer : public Peer {
 public:
  using Peer::Peer;

  absl::StatusOr<uint64_t> Build() override try {
    setenv("XAPIAN_FLUSH_THRESHOLD", "5000", 1);
    const std::string unpacked = options_.folder + "/unpacked";
    Xapian::WritableDatabase database(unpacked, Xapian::DB_CREATE_OR_OVERWRITE |
                                                    Xapian::DB_BACKEND_GLASS |
                                                    Xapian::DB_NO_TERMLIST);
    uint64_t products = 0;
    RETURN_IF_ERROR(
        ForEachProduct(options_.catalog, [&](const Product& product, std::string_view line) {
          database.add_document(DocumentOf(product, line));
          ++products;
          return absl::OkStatus();
        }));
    database.commit();
    database.compact(options_.folder + "/index", Xapian::DBCOMPACT_NO_RENUMBER);
    database.close();
    if (std::system(("rm -r '" + unpacked + "'").c_str()) != 0) {
      return Internal("cannot remove {}", unpacked);
    }
    return products;
  } catch (const Xapian::Error& error) {
    return Internal("{}", error.get_description());
  }

  absl::Status Open() override try {
    database_ = Xapian::Database(options_.folder + "/index");
    return absl::OkStatus();
  } catch (const Xapian::Error& error) {
    return Internal("{}", error.get_description());
  }

  bool Can(const Work& work) override {
    return work.kind == WorkKind::kSearch || work.kind == WorkKind::kByPrice;
  }

  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override try {
    return work.kind == WorkKind::kByPrice ? ByPrice(query) : Search(work, query);
  } catch (const Xapian::Error& error) {
    return Internal("{}", error.get_description());
  }

 private:
  static Xapian::Document DocumentOf(const Product& product, std::string_view line) {
    Xapian::Document document;
    ForEachWord(product.SearchedText(), [&](const std::string& word) { document.add_term(word); });
    document.add_boolean_term("XB" + product.brand);
    document.add_boolean_term("XC" + std::string(product.CategoryTop()));
    document.add_boolean_term("XO" + product.color);
    document.add_value(kBrand, product.brand);
    document.add_value(kCategory, product.category);
    document.add_value(kColor, product.color);
    document.add_value(kSizes, fmt::format("{}", fmt::join(product.sizes, " ")));
    document.add_value(kRating, product.RatingText());
    document.add_value(kInStock, product.in_stock ? "true" : "false");
    document.add_value(kPrice,
                       Xapian::sortable_serialise(static_cast<double>(product.price_cents)));
    document.set_data(std::string(line));
    return document;
  }

  // The words and all selections but the one of facet `lifted`.
  static Xapian::Query QueryOf(const Query& query, const std::vector<Selection>& selections,
                               std::string_view lifted) {
    const std::vector<std::string> words = SplitWords(query.words);
    Xapian::Query result = words.empty()
                               ? Xapian::Query::MatchAll
                               : Xapian::Query(Xapian::Query::OP_AND, words.begin(), words.end());
    for (const Selection& selection : selections) {
      if (selection.facet == lifted) continue;
      result = Xapian::Query(Xapian::Query::OP_FILTER, result, selection.query);
    }
    return result;
  }

  // Runs a query with a spy on each facet. Looking at all documents makes the total exact.
  Xapian::MSet Match(Xapian::Enquire& enquire, Xapian::doccount hits,
                     const std::vector<std::string_view>& facets, Answer* answer) const {
    std::vector<std::unique_ptr<Xapian::MatchSpy>> spies;
    std::vector<const Xapian::ValueCountMatchSpy*> summed;
    for (const std::string_view facet : facets) {
      if (facet == "sizes") {
        spies.push_back(std::make_unique<ListCountMatchSpy>(kSizes));
      } else {
        auto spy = std::make_unique<Xapian::ValueCountMatchSpy>(SlotOf(facet));
        if (IsSummedFacet(facet)) summed.push_back(spy.get());
        spies.push_back(std::move(spy));
      }
      enquire.add_matchspy(spies.back().get());
    }
    Xapian::MSet matches = enquire.get_mset(0, hits, database_.get_doccount());
    for (const std::unique_ptr<Xapian::MatchSpy>& spy : spies) {
      const auto* values = dynamic_cast<const Xapian::ValueCountMatchSpy*>(spy.get());
      if (values == nullptr) continue;
      uint64_t sum = 0;
      for (auto i = values->top_values_begin(10); i != values->top_values_end(10); ++i) {
        sum += i.get_termfreq();
      }
      if (std::find(summed.begin(), summed.end(), values) != summed.end()) answer->facet_sum += sum;
    }
    enquire.clear_matchspies();
    return matches;
  }

  static void TakeHits(const Xapian::MSet& matches, Answer* answer) {
    answer->matches = matches.get_matches_estimated();
    for (auto i = matches.begin(); i != matches.end(); ++i) {
      answer->hit_bytes += i.get_document().get_data().size();
    }
  }

  Answer Search(const Work& work, const Query& query) const {
    Answer answer;
    const std::vector<Selection> selections = SelectionsOf(query);
    std::vector<std::string_view> unrefined = work.facets;
    for (const Selection& selection : selections) std::erase(unrefined, selection.facet);
    Xapian::Enquire enquire(database_);
    enquire.set_query(QueryOf(query, selections, ""));
    TakeHits(Match(enquire, 10, unrefined, &answer), &answer);
    for (const Selection& selection : selections) {
      enquire.set_query(QueryOf(query, selections, selection.facet));
      Match(enquire, 0, {selection.facet}, &answer);
    }
    return answer;
  }

  Answer ByPrice(const Query& query) const {
    Answer answer;
    const auto price = [](int64_t cents) {
      return Xapian::sortable_serialise(static_cast<double>(cents));
    };
    const Xapian::Query chosen = SelectionsOf(query).front().query;
    const Xapian::Query range(Xapian::Query::OP_VALUE_RANGE, kPrice,
                              price(query.price_cents->first), price(query.price_cents->second));
    Xapian::Enquire enquire(database_);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, chosen, range));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_value(kPrice, false);
    TakeHits(Match(enquire, 10, {}, &answer), &answer);
    return answer;
  }

  Xapian::Database database_;
};

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) {
  return aisle::bench::PeerMain(
      "xapian",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<aisle::bench::XapianPeer>(options);
      },
      argc, argv);
}
