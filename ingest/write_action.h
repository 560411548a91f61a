// SPDX-License-Identifier: GPL-3.0-or-later
//
// WriteAction: what a change does to a document.
#pragma once

namespace aisle {

enum class WriteAction {
  kCreate,   // AlreadyExists if the id is taken
  kUpsert,   // replaces the whole document
  kUpdate,   // merges into the document; NotFound if there is none
  kEmplace,  // kUpdate or, if there is none, kCreate
  kDelete,   // NotFound if there is none
};

}  // namespace aisle
