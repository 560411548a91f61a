// SPDX-License-Identifier: GPL-3.0-or-later
//
// Aisle as one of the engines.
#include "bench/peers/aisle_peer.h"

int main(int argc, char** argv) {
  using aisle::bench::AislePeer;
  return aisle::bench::PeerMain(
      "aisle",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<AislePeer>(options, AislePeer::History::kAdded);
      },
      argc, argv);
}
