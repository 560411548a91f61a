// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aisle {

// The other ways to write a German word that has umlauts, in lower or upper case: "kühl" is also
// "kuehl", "Kuehl" also "kühl". Of several digraphs all are replaced, and each alone: "neue" has
// none. Empty if there are none. Ligatures are as the analyzer folds them: "ß" is "ss" anyway.
// Thread safe.
std::vector<std::string> UmlautSpellings(std::string_view word);

}  // namespace aisle
