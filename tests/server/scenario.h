// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scenario is a JSON file: requests to one fresh server, one after the other, and what each must
// answer.
//
//   {"about": "...", "api_key": "optional",
//    "given": [names of files in given/ whose steps come first],
//    "steps": [
//      {"request": {"method": "POST", "path": "/collections", "headers": {...},
//                   "body": JSON or text, "lines": [JSON or text of each line]},
//       "expect": {"status": 201, "headers": {"name": partial}, "json": partial,
//                  "lines": [partial, ...], "text": "part of the body"}}]}
//
// A partial object has to be contained member by member; arrays must have the same length; numbers
// compare by value. {"$contains": "x"} fits a string with that part, {"$absent": true} a member
// that is not there, {"$type": "number"} any value of that kind (as Json::TypeName), {"$size": n}
// an array of that length.
#pragma once

#include <string>

#include "core/json.h"
#include "server/http_client.h"

namespace aisle {

// Where and why `actual` does not fit `expected`; empty if it does. `path` begins the message.
std::string Misfit(const Json& expected, const Json* actual, const std::string& path);

// The request of a step.
ClientRequest ScenarioRequest(const Json& step);
// Every way in which the response does not fit the step; empty if it does.
std::string Judge(const Json& step, const ClientResponse& response);

}  // namespace aisle
