// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/harness/product.h"

#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "core/json.h"

namespace aisle::bench {
namespace {

// The member `key`, or an error that names it.
absl::StatusOr<const Json*> Member(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  if (value == nullptr) {
    return InvalidArgument("a product without \"{}\"; make the catalog with catalog_generator",
                           key);
  }
  return value;
}

absl::Status TakeText(const Json& object, std::string_view key, std::string* out) {
  ASSIGN_OR_RETURN(const Json* value, Member(object, key));
  if (!value->is_string()) {
    return InvalidArgument("\"{}\" has to be a string", key);
  }
  *out = value->as_string();
  return absl::OkStatus();
}

absl::StatusOr<double> Number(const Json& object, std::string_view key) {
  ASSIGN_OR_RETURN(const Json* value, Member(object, key));
  if (!value->is_number()) {
    return InvalidArgument("\"{}\" has to be a number", key);
  }
  return value->as_double();
}

}  // namespace

std::string_view Product::TopOfCategory(std::string_view category) {
  return category.substr(0, category.find(" > "));
}

std::string Product::PriceText() const {
  return fmt::format("{}.{:02}", price_cents / 100, price_cents % 100);
}

std::string Product::RatingText() const {
  return fmt::format("{}.{}", rating_tenths / 10, rating_tenths % 10);
}

std::string Product::SearchedText() const {
  return fmt::format("{} {} {} {} {} {}", title, description, brand, category, color,
                     fmt::join(sizes, " "));
}

std::string Product::ToJson() const {
  return fmt::format(
      R"({{"id":"{}","title":"{}","description":"{}","brand":"{}","category":"{}","color":"{}",)"
      R"("sizes":["{}"],"price":{},"rating":{},"popularity":{},"stock":{},"in_stock":{}}})",
      id, title, description, brand, category, color, fmt::join(sizes, "\",\""), PriceText(),
      RatingText(), popularity, stock, in_stock);
}

absl::StatusOr<Product> ParseProduct(std::string_view json) {
  ASSIGN_OR_RETURN(const Json object, ParseJson(json));
  Product product;
  RETURN_IF_ERROR(TakeText(object, "id", &product.id));
  RETURN_IF_ERROR(TakeText(object, "title", &product.title));
  RETURN_IF_ERROR(TakeText(object, "description", &product.description));
  RETURN_IF_ERROR(TakeText(object, "brand", &product.brand));
  RETURN_IF_ERROR(TakeText(object, "category", &product.category));
  RETURN_IF_ERROR(TakeText(object, "color", &product.color));
  ASSIGN_OR_RETURN(const Json* sizes, Member(object, "sizes"));
  if (sizes->is_array()) {
    for (const Json& size : sizes->as_array()) {
      if (size.is_string()) product.sizes.push_back(size.as_string());
    }
  }
  ASSIGN_OR_RETURN(const double price, Number(object, "price"));
  ASSIGN_OR_RETURN(const double rating, Number(object, "rating"));
  ASSIGN_OR_RETURN(const double popularity, Number(object, "popularity"));
  ASSIGN_OR_RETURN(const double stock, Number(object, "stock"));
  ASSIGN_OR_RETURN(const Json* in_stock, Member(object, "in_stock"));
  product.price_cents = std::llround(price * 100);
  product.rating_tenths = static_cast<int>(std::lround(rating * 10));
  product.popularity = std::llround(popularity);
  product.stock = std::llround(stock);
  product.in_stock = in_stock->is_bool() && in_stock->as_bool();
  return product;
}

absl::Status ForEachLine(const std::string& path,
                         const std::function<absl::Status(std::string_view line)>& visit) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return NotFound("cannot read {}; does it exist?", path);
  std::string line;
  for (uint64_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    if (absl::Status status = visit(line); !status.ok()) {
      return WithContext(status, fmt::format("{}:{}", path, number));
    }
  }
  return absl::OkStatus();
}

absl::Status ForEachProduct(
    const std::string& path,
    const std::function<absl::Status(const Product& product, std::string_view line)>& visit) {
  return ForEachLine(path, [&](std::string_view line) -> absl::Status {
    ASSIGN_OR_RETURN(const Product product, ParseProduct(line));
    return visit(product, line);
  });
}

}  // namespace aisle::bench
