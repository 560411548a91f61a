// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every bound of the system in one list, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aisle::limits {

// Xapian terms hold 245 bytes; an id is stored as the term "Q" + id.
inline constexpr std::size_t kIdBytesMax = 200;
// A document is one JSON object; larger ones are pages, not products.
inline constexpr std::size_t kDocumentBytesMax = 4u << 20;
// Nesting of JSON: deeper input is an attack on the parser's stack, not a product.
inline constexpr std::size_t kJsonDepthMax = 32;
// A posting's field mask has 32 bits, one for each searchable field.
inline constexpr std::size_t kSearchFieldsMax = 32;
inline constexpr std::size_t kFieldsMax = 256;
inline constexpr std::size_t kNameBytesMax = 100;
inline constexpr std::size_t kShardsMax = 64;
// Words of one value: what comes later is stored, not searched.
inline constexpr std::size_t kWordsPerFieldMax = 20000;
// A facet value is a label, not a text; longer ones are cut for facets and exact filters.
inline constexpr std::size_t kFacetValueBytesMax = 512;
inline constexpr std::size_t kValuesPerFieldMax = 4096;
inline constexpr std::size_t kHierarchyLevelsMax = 16;

inline constexpr std::size_t kQueryBytesMax = 4096;
inline constexpr std::size_t kQueryWordsMax = 32;
inline constexpr std::size_t kTyposMax = 2;  // in a word
inline constexpr std::size_t kDropTokensThresholdMax = 1000;
// Stored texts that are read to find a phrase: each takes some 20 us.
inline constexpr std::size_t kPhraseTextsMax = 20000;
// Synonyms are written by people.
inline constexpr std::size_t kSynonymSetsMax = 100;
inline constexpr std::size_t kSynonymItemsMax = 10000;  // of a set
inline constexpr std::size_t kSynonymsPerItemMax = 50;
inline constexpr std::size_t kSynonymBytesMax = 200;
// And so are stop words: the longest lists there are have some 1500.
inline constexpr std::size_t kStopWordSetsMax = 100;
inline constexpr std::size_t kStopWordsMax = 5000;  // of a set
inline constexpr std::size_t kStopWordBytesMax = 200;
inline constexpr std::size_t kFilterBytesMax = 1u << 20;
inline constexpr std::size_t kFilterDepthMax = 64;
inline constexpr std::size_t kFilterNodesMax = 100000;
inline constexpr std::size_t kFacetsMax = 100;
inline constexpr std::size_t kFacetValuesMax = 10000;
inline constexpr std::size_t kFacetRangesMax = 100;
inline constexpr std::size_t kHistogramBucketsMax = 200;
inline constexpr std::size_t kSortKeysMax = 8;
inline constexpr std::size_t kRankingCriteriaMax = 8;
inline constexpr std::size_t kTextMatchBucketsMax = 100;
inline constexpr std::size_t kPerPageMax = 250;
inline constexpr std::size_t kSearchesPerRequestMax = 50;
inline constexpr std::size_t kSuggestionsMax = 50;
// Locks of the response cache: more than there are threads that search.
inline constexpr std::size_t kResponseCacheShards = 16;
// What a segment keeps of the documents that have a word which begins with a letter or two: for a
// million documents 250 such beginnings.
inline constexpr std::size_t kBeginningsBytesMax = 32u << 20;
// And of how many of them have each value of its facets: for 8,000 values as many beginnings.
inline constexpr std::size_t kBeginningCountsBytesMax = 8u << 20;
// What a segment keeps of the documents that filters accept: for a million documents 130 filters.
// And which filters it was asked for last, some 80: what comes again only after more than these is
// not worth keeping.
inline constexpr std::size_t kFiltersBytesMax = 16u << 20;
inline constexpr std::size_t kAskedFiltersBytesMax = 16u << 10;

// Documents of one import batch: one journal transaction and one publication.
inline constexpr std::size_t kImportBatchDocuments = 1000;
inline constexpr std::size_t kImportBatchBytes = 8u << 20;

inline constexpr std::size_t kFeedsMax = 100;
inline constexpr std::size_t kFeedDefinitionBytesMax = 256u << 10;
// What a dead letter keeps of the change. Longer ones can be looked at, but not sent again.
inline constexpr std::size_t kDeadLetterPayloadBytesMax = 256u << 10;
inline constexpr std::size_t kDeadLettersPerAnswerMax = 1000;
// Documents that a feed asks its source for at once.
inline constexpr std::size_t kFetchDocuments = 500;
inline constexpr std::size_t kFetchBytesMax = 16u << 20;
// Documents of which a feed remembers that they changed before it fetches them: a transaction may
// be larger than memory.
inline constexpr std::size_t kPendingChangesMax = 20000;
// Documents that a comparison found different and looks at again.
inline constexpr std::size_t kSuspectsMax = 100000;

}  // namespace aisle::limits
