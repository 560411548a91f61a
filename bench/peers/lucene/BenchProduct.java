// SPDX-License-Identifier: GPL-3.0-or-later

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A line of the catalog: a flat JSON object of strings, numbers, booleans and arrays of strings. */
final class BenchProduct {
  final String json;
  private final Map<String, String> scalars = new HashMap<>();
  final List<String> sizes = new ArrayList<>();

  BenchProduct(String json) {
    this.json = json;
    int at = 1;
    while (at < json.length() && json.charAt(at) == '"') {
      int keyEnd = json.indexOf('"', at + 1);
      String key = json.substring(at + 1, keyEnd);
      at = takeValue(key, keyEnd + 2) + 1; // past the comma or the closing brace
    }
  }

  String text(String field) {
    return scalars.get(field);
  }

  long whole(String field) {
    return Long.parseLong(scalars.get(field));
  }

  /** The price has exactly two decimals in the file. */
  long priceCents() {
    return Long.parseLong(scalars.get("price").replace(".", ""));
  }

  String categoryTop() {
    String category = text("category");
    return category.substring(0, category.indexOf(" > "));
  }

  /** All fields whose words are searched. */
  String searchedText() {
    return String.join(" ", text("title"), text("description"), text("brand"), text("category"),
        text("color"), String.join(" ", sizes));
  }

  /** Returns the position after the value that begins at `at`. The catalog has no escapes. */
  private int takeValue(String key, int at) {
    char first = json.charAt(at);
    if (first == '"') {
      int end = json.indexOf('"', at + 1);
      scalars.put(key, json.substring(at + 1, end));
      return end + 1;
    }
    if (first == '[') {
      while (json.charAt(at) != ']') {
        int end = json.indexOf('"', at + 2);
        sizes.add(json.substring(at + 2, end));
        at = end + 1;
      }
      return at + 1;
    }
    int end = at;
    while (json.charAt(end) != ',' && json.charAt(end) != '}') {
      ++end;
    }
    scalars.put(key, json.substring(at, end));
    return end;
  }
}
