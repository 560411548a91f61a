// SPDX-License-Identifier: GPL-3.0-or-later
//
// Aisle as one of the engines, after some of its documents were replaced and deleted.
#include "bench/peers/aisle_peer.h"

int main(int argc, char** argv) {
  using aisle::bench::AislePeer;
  return aisle::bench::PeerMain(
      "aisle_changed",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<AislePeer>(options, AislePeer::History::kChanged);
      },
      argc, argv);
}
