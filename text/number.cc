// SPDX-License-Identifier: GPL-3.0-or-later
//
// A mark groups if the locale groups with it, exactly three digits follow, and one to three digits,
// not beginning with 0, or a whole group precede. Of the marks that do not group, a comma is
// decimal if it is the number's only mark or follows groups; otherwise it separates the items of a
// list. Points never separate: "1.2.3" is a version.
#include "text/number.h"

namespace aisle {
namespace {

bool Groups(const NumberMark& mark) {
  if (mark.mark != mark.grouping_mark || mark.right.digits != 3) return false;
  if (mark.left.next_mark == mark.mark) return mark.left.digits == 3;
  return mark.left.digits <= 3 && mark.left.next_mark == 0 && !mark.left.zero_first;
}

bool FollowsGroups(const NumberMark& mark) {
  return mark.left.next_mark == mark.grouping_mark && mark.left.digits == 3;
}

}  // namespace

NumberMarkUse UseOf(const NumberMark& mark) {
  if (Groups(mark)) return NumberMarkUse::kGrouping;
  if (mark.mark == '.') return NumberMarkUse::kDecimal;
  if (mark.right.next_mark != 0) return NumberMarkUse::kSeparator;
  if (mark.left.next_mark == 0) return NumberMarkUse::kDecimal;
  const bool is_decimal = mark.mark != mark.grouping_mark && FollowsGroups(mark);
  return is_decimal ? NumberMarkUse::kDecimal : NumberMarkUse::kSeparator;
}

}  // namespace aisle
