// SPDX-License-Identifier: GPL-3.0-or-later
//
// Filter: what `filter_by` asks, as a tree of plain values. query/filter_parser.h makes it from
// text.
//
// Trees that the parser makes are in one form: an AND has no AND among its children, an OR no OR,
// both have at least two children; a NOT has one, which is no NOT. The executors accept any tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/schema.h"

namespace aisle {

struct Filter {
  enum class Kind {
    kAll,        // every document
    kAnd,        // all of `children`
    kOr,         // any of `children`
    kNot,        // not `children[0]`: documents without a value of the field match too
    kTerms,      // a value of the text `field` equals any of `texts`
    kWords,      // the text `field` has all words of any of `texts`, of which "wire*" is a prefix
    kNumbers,    // a value of the number or boolean `field` lies in any of `ranges`
    kIds,        // the id of the document is any of `texts`
    kExists,     // `field` has a value
    kPhrase,     // a value of the text `field` has the phrase `texts[0]` (query/phrase.h)
    kGeoRadius,  // a point of `field` is at most `radius_m` metres from `center`
  };

  // An interval of numbers. Its bounds are kept as written and twice: `integer_from` and
  // `integer_to` decide for integer and boolean fields, where `from` and `to` are just their
  // nearest doubles; `from` and `to` decide for float fields, where the integers stay at their
  // defaults. The open flags hold for both. So no comparison ever rounds. An end that was not given
  // is the default. from > to is an empty interval.
  struct Range {
    double from = -std::numeric_limits<double>::infinity();
    double to = std::numeric_limits<double>::infinity();
    int64_t integer_from = std::numeric_limits<int64_t>::min();
    int64_t integer_to = std::numeric_limits<int64_t>::max();
    bool from_open = false;  // the bound itself is left out
    bool to_open = false;

    bool Contains(int64_t value) const {
      return (from_open ? value > integer_from : value >= integer_from) &&
             (to_open ? value < integer_to : value <= integer_to);
    }
    bool Contains(double value) const {
      return (from_open ? value > from : value >= from) && (to_open ? value < to : value <= to);
    }

    friend bool operator==(const Range&, const Range&) = default;
  };

  Kind kind = Kind::kAll;
  std::vector<Filter> children;
  size_t field = 0;  // its number in the schema
  std::vector<std::string> texts;
  std::vector<Range> ranges;
  GeoPoint center;
  double radius_m = 0;

  // The filter as text: a tree of the form above without phrases, which filter_by has not, parses
  // back to an equal one. `schema` is the one it was parsed by.
  std::string ToString(const Schema& schema) const;

  friend bool operator==(const Filter&, const Filter&) = default;
};

// The parts that must all hold: the children of an AND, or the filter itself; none for kAll. They
// live as long as `filter`.
std::vector<const Filter*> Conjuncts(const Filter& filter);

}  // namespace aisle
