// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_counts.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/limits.h"
#include "query/word_postings.h"
#include "text/word_family.h"

namespace aisle {
namespace {

// Where all of some words have more postings, how many products have them together is guessed.
constexpr uint64_t kCountedMax = 20000;
// What a product counts that has a word in long texts only.
constexpr double kLongShare = 0.15;
// A form of a frequent word is not so much more frequent than it stands there itself.
constexpr double kFormsShare = 5;
// A stem that stands in one of so many products without a longer form is a word too, and so is one
// that stands in many without.
constexpr uint64_t kStemShare = 10;
constexpr uint64_t kWordMin = 10;
constexpr uint64_t kWordDivisor = 2000;

}  // namespace

WordCounts::WordCounts(const WordPlan& plan) : plan_(plan) {
  double least = plan.fields.front().weight, most = least;
  for (const SearchedField& field : plan.fields) {
    fields_ |= uint32_t{1} << field.bit;
    least = std::min(least, field.weight);
    most = std::max(most, field.weight);
  }
  for (const SearchedField& field : plan.fields) {
    if (least == most || field.weight > least) short_fields_ |= uint32_t{1} << field.bit;
  }
  const int bits = plan.snapshot->schema->search_bits();
  all_fields_ = static_cast<uint32_t>((uint64_t{1} << bits) - 1);
}

double WordCounts::PlainFrequency(TermId term) const {
  std::array<uint64_t, limits::kSearchFieldsMax> counts{};
  for (const SegmentView& view : plan_.snapshot->segments) {
    const PostingList list = view.index().Postings(term);
    if (view.live_count == view.index().size()) {
      list.AddFieldCounts(fields_, counts.data());
      continue;
    }
    list.ForEach([&](DocId doc, uint32_t position) {
      if (!view.live->Test(doc)) return;
      uint32_t bits = list.patterns().Mask(list.Code(position)) & fields_;
      for (; bits != 0; bits &= bits - 1) ++counts[static_cast<size_t>(std::countr_zero(bits))];
    });
  }
  double in_short = 0, in_long = 0;
  for (const SearchedField& field : plan_.fields) {
    const bool is_short = ((short_fields_ >> field.bit) & 1) != 0;
    double& most = is_short ? in_short : in_long;
    most = std::max(most, static_cast<double>(counts[static_cast<size_t>(field.bit)]));
  }
  return std::max(in_short, kLongShare * in_long);
}

double WordCounts::Frequency(std::string_view word) const {
  const auto term = plan_.snapshot->dictionaries->terms().Find(word);
  return term ? Frequency(*term) : 0;
}

double WordCounts::Frequency(TermId term) const {
  const double frequency = PlainFrequency(term);
  if (frequency == 0) return 0;
  const Dictionary& terms = plan_.snapshot->dictionaries->terms();
  for (const SearchedField& field : plan_.fields) {
    const Analyzer& analyzer = *plan_.snapshot->schema->analyzer(field.field);
    if (!analyzer.stems()) continue;
    const auto stem = terms.Find(FamilyOf(terms.At(term), analyzer.locale()));
    if (!stem || *stem == term) break;
    return std::max(frequency, std::min(kFormsShare * frequency, PlainFrequency(*stem)));
  }
  return frequency;
}

bool WordCounts::HasMoreThan(uint64_t few, TermId term) const {
  uint64_t documents = 0;
  const auto& segments = plan_.snapshot->segments;
  return std::any_of(segments.begin(), segments.end(), [&](const SegmentView& view) {
    const PostingList list = view.index().Postings(term);
    return list.AnyOf([&](DocId doc, uint32_t position) {
      return view.live->Test(doc) && (list.patterns().Mask(list.Code(position)) & fields_) != 0 &&
             ++documents > few;
    });
  });
}

bool WordCounts::IsWord(TermId term) const {
  std::vector<const Analyzer*> stemmers;
  uint32_t stemmed = 0;
  for (const SearchedField& field : plan_.fields) {
    const Analyzer* analyzer = plan_.snapshot->schema->analyzer(field.field).get();
    if (!analyzer->stems()) continue;
    stemmed |= uint32_t{1} << field.bit;
    if (std::find(stemmers.begin(), stemmers.end(), analyzer) == stemmers.end()) {
      stemmers.push_back(analyzer);
    }
  }
  if (stemmers.empty()) return IsKnown(term);
  const bool stands_unstemmed = std::any_of(
      plan_.snapshot->segments.begin(), plan_.snapshot->segments.end(),
      [&](const SegmentView& view) {
        const PostingList list = view.index().Postings(term);
        const uint32_t unstemmed = fields_ & ~stemmed;
        return (list.Fields() & unstemmed) != 0 && list.AnyOf([&](DocId doc, uint32_t position) {
          return view.live->Test(doc) &&
                 (list.patterns().Mask(list.Code(position)) & unstemmed) != 0;
        });
      });
  if (stands_unstemmed) return true;
  return IsKnown(term) && std::none_of(stemmers.begin(), stemmers.end(),
                                       [&](const Analyzer* one) { return IsStem(term, *one); });
}

bool WordCounts::IsStem(TermId term, const Analyzer& analyzer) const {
  const Dictionaries& dictionaries = *plan_.snapshot->dictionaries;
  const std::string_view text = dictionaries.terms().At(term);
  if (FamilyOf(text, analyzer.locale()) != text) return false;
  const std::vector<TermId> forms = dictionaries.families().Find(text, analyzer.locale());
  if (forms.empty()) return false;
  constexpr size_t kChunk = 64;
  const uint64_t enough = kWordMin + plan_.snapshot->live_count / kWordDivisor;
  uint64_t having = 0, alone = 0;
  std::vector<DocId> docs;
  std::vector<uint32_t> kept;
  for (const SegmentView& view : plan_.snapshot->segments) {
    const auto count = [&] {
      having += docs.size();
      std::vector<uint8_t> has_form(docs.size(), 0);
      for (const TermId form : forms) {
        view.index().Postings(form).Intersect(docs, &kept, nullptr);
        for (const uint32_t place : kept) has_form[place] = 1;
      }
      alone += static_cast<uint64_t>(std::count(has_form.begin(), has_form.end(), 0));
      docs.clear();
      return alone >= enough;
    };
    const bool is_word = view.index().Postings(term).AnyOf([&](DocId doc, uint32_t) {
      if (view.live->Test(doc)) docs.push_back(doc);
      return docs.size() == kChunk && count();
    });
    if (is_word || count()) return false;
  }
  return alone * kStemShare < having;
}

double WordCounts::Together(std::span<const PlannedWord* const> words) const {
  uint64_t fewest = UINT64_MAX;
  const auto total = static_cast<double>(std::max<uint64_t>(plan_.snapshot->live_count, 1));
  double expected = total;
  std::vector<PlannedWord> in_short;
  for (const PlannedWord* word : words) {
    PlannedWord& copy = in_short.emplace_back(*word);
    uint64_t postings = 0;
    for (TermAlternative& term : copy.terms) {
      term.field_mask &= short_fields_;
      for (const SegmentView& view : plan_.snapshot->segments) {
        postings += view.index().Postings(term.term).size();
      }
    }
    fewest = std::min(fewest, postings);
    expected *= std::min(1.0, static_cast<double>(postings) / total);
  }
  if (fewest > kCountedMax) return expected;
  uint64_t together = 0;
  std::vector<uint32_t> kept;
  for (const SegmentView& view : plan_.snapshot->segments) {
    std::vector<WordPostings> postings;
    for (const PlannedWord& word : in_short) {
      postings.emplace_back(word, view.index(), all_fields_);
    }
    std::sort(postings.begin(), postings.end(),
              [](const auto& a, const auto& b) { return a.Estimate() < b.Estimate(); });
    if (postings.empty() || postings.front().lists().empty()) continue;
    std::vector<DocId> docs = postings.front().Documents();
    std::erase_if(docs, [&](DocId doc) { return !view.live->Test(doc); });
    for (size_t i = 1; i < postings.size() && !docs.empty(); ++i) {
      postings[i].Intersect(docs, &kept, nullptr);
      for (size_t k = 0; k < kept.size(); ++k) docs[k] = docs[kept[k]];
      docs.resize(kept.size());
    }
    together += docs.size();
  }
  return static_cast<double>(together);
}

double WordCounts::Share(const PlannedWord& word) const {
  double frequency = 0;
  for (const TermAlternative& term : word.terms) frequency += PlainFrequency(term.term);
  return std::min(
      1.0, frequency / static_cast<double>(std::max<uint64_t>(plan_.snapshot->live_count, 1)));
}

bool WordCounts::HaveAll(std::span<const PlannedWord> words) const {
  constexpr size_t kFirstChunk = 64, kChunkMax = 1024;
  constexpr size_t kTermsMax = 16;
  const auto& segments = plan_.snapshot->segments;
  return std::any_of(segments.begin(), segments.end(), [&](const SegmentView& view) {
    std::vector<WordPostings> postings;
    for (const PlannedWord& word : words) {
      if (word.terms.size() <= kTermsMax) postings.emplace_back(word, view.index(), all_fields_);
    }
    if (postings.empty()) return true;
    std::sort(postings.begin(), postings.end(),
              [](const auto& a, const auto& b) { return a.Estimate() < b.Estimate(); });
    std::vector<DocId> docs;
    std::vector<uint32_t> kept;
    size_t chunk = kFirstChunk;  // grows: where many are looked at in vain, it is in few calls
    const auto have_rest = [&] {
      chunk = std::min(2 * chunk, kChunkMax);
      for (size_t i = 1; i < postings.size() && !docs.empty(); ++i) {
        postings[i].Intersect(docs, &kept, nullptr);
        for (size_t k = 0; k < kept.size(); ++k) docs[k] = docs[kept[k]];
        docs.resize(kept.size());
      }
      const bool is_any = !docs.empty();
      docs.clear();
      return is_any;
    };
    const auto& lists = postings.front().lists();
    return std::any_of(lists.begin(), lists.end(), [&](const WordPostings::List& list) {
      const bool is_found = list.postings.AnyOf([&](DocId doc, uint32_t position) {
        if (view.live->Test(doc) && WordPostings::Counts(list, position)) docs.push_back(doc);
        return docs.size() >= chunk && have_rest();
      });
      return is_found || have_rest();
    });
  });
}

}  // namespace aisle
