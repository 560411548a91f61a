// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/explanation_writer.h"

namespace aisle {
namespace {

void WriteWord(const HitExplanation::Word& word, JsonWriter* w) {
  w->BeginObject().Key("word").Value(word.word);
  w->Key("matches").Value(!word.fields.empty()).Key("score").Value(word.score);
  w->Key("factor").Value(static_cast<double>(word.factor));
  w->Key("matched").BeginArray();
  for (const std::string& text : word.matched) w->Value(text);
  w->EndArray();
  w->Key("fields").BeginArray();
  for (const HitExplanation::InField& field : word.fields) {
    w->BeginObject().Key("field").Value(field.field);
    w->Key("frequency").Value(field.frequency).Key("score").Value(field.score).EndObject();
  }
  w->EndArray().EndObject();
}

}  // namespace

void WriteHitExplanation(const HitExplanation& explanation, JsonWriter* w) {
  w->BeginObject().Key("reason").Value(explanation.InWords());
  w->Key("words").BeginArray();
  for (const HitExplanation::Word& word : explanation.words) WriteWord(word, w);
  w->EndArray();
  w->Key("words_score").Value(explanation.words_score);
  w->Key("words_share").Value(explanation.share);
  w->Key("first_phase").Value(explanation.first_phase);
  w->Key("score").Value(explanation.score);
  w->Key("criteria").BeginArray();
  for (const HitExplanation::Criterion& criterion : explanation.criteria) {
    w->BeginObject().Key("key").Value(criterion.key);
    w->Key("order").Value(criterion.descending ? "desc" : "asc");
    w->Key("value").Value(criterion.value).EndObject();
  }
  w->EndArray().EndObject();
}

}  // namespace aisle
