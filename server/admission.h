// SPDX-License-Identifier: GPL-3.0-or-later
//
// Admission counts what is under way and says no above a bound: a fast refusal keeps the rest fast.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace aisle {

// Thread safe; outlives its tickets.
class Admission {
 public:
  // Holds one place until it is destroyed.
  class Ticket {
   public:
    explicit Ticket(Admission* admission) : admission_(admission) {}
    Ticket(Ticket&& other) noexcept : admission_(std::exchange(other.admission_, nullptr)) {}
    Ticket& operator=(Ticket&& other) noexcept {
      std::swap(admission_, other.admission_);
      return *this;
    }
    ~Ticket() {
      if (admission_ != nullptr) admission_->count_.fetch_sub(1, std::memory_order_relaxed);
    }

   private:
    Admission* admission_;
  };

  explicit Admission(size_t max) : max_(max) {}

  // nullopt: all places are taken.
  std::optional<Ticket> Enter() {
    if (count_.fetch_add(1, std::memory_order_relaxed) < max_) return Ticket(this);
    count_.fetch_sub(1, std::memory_order_relaxed);
    return std::nullopt;
  }
  size_t count() const { return count_.load(std::memory_order_relaxed); }
  size_t max() const { return max_; }

 private:
  const size_t max_;
  std::atomic<size_t> count_{0};
};

}  // namespace aisle
