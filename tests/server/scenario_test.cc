// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs every file of tests/server/scenarios as a test of its own.
#include "tests/server/scenario.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/server/running_server.h"

namespace aisle {
namespace {

constexpr std::string_view kFolder = "tests/server/scenarios";

std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  std::error_code missing;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder, missing)) {
    const bool is_given = entry.path().parent_path().filename() == "given";
    if (entry.path().extension() == ".json" && !is_given) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string NameOf(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(kFolder.size() + 1);
  name = name.substr(0, name.rfind('.'));
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

// The scenario of a file, with the steps that it takes as given before its own.
absl::StatusOr<Json> ReadScenario(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  ASSIGN_OR_RETURN(Json scenario, ParseJson(text.str()));
  const Json* given = scenario.Find("given");
  if (given == nullptr) return scenario;
  Json::Array steps;
  for (const Json& name : given->as_array()) {
    ASSIGN_OR_RETURN(const Json first,
                     ReadScenario(fmt::format("{}/given/{}.json", kFolder, name.as_string())));
    for (const Json& step : first.Find("steps")->as_array()) steps.push_back(step);
  }
  for (const Json& step : scenario.Find("steps")->as_array()) steps.push_back(step);
  scenario.Set("steps", Json(std::move(steps)));
  return scenario;
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, Answers) {
  const auto scenario = ReadScenario(GetParam());
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  ServerOptions options;
  if (const Json* key = scenario->Find("api_key")) options.api_key = key->as_string();
  const RunningServer server(options);
  HttpClient client = server.Client();
  int number = 0;
  for (const Json& step : scenario->Find("steps")->as_array()) {
    ++number;
    const auto response = client.Send(ScenarioRequest(step));
    ASSERT_TRUE(response.ok()) << "step " << number << ": " << response.status();
    const std::string misfits = Judge(step, *response);
    EXPECT_EQ(misfits, "") << "step " << number << ": " << step.Find("request")->Dump();
  }
  EXPECT_GT(number, 0);
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario, testing::ValuesIn(ScenarioFiles()), NameOf);

TEST(Misfit, SaysWhereAndWhy) {
  const auto misfit = [](std::string_view expected, std::string_view actual) {
    const Json json = *ParseJson(actual);
    return Misfit(*ParseJson(expected), &json, "");
  };
  EXPECT_EQ(misfit(R"({"a":{"b":[1,{"$type":"string"}]}})", R"({"a":{"b":[1.0,"x"],"c":2}})"), "");
  EXPECT_EQ(misfit(R"({"a":{"b":1}})", R"({"a":{"b":2}})"), "a.b: is 2, not 1\n");
  EXPECT_EQ(misfit(R"({"a":1})", R"({"b":1})"), "a: is missing\n");
  EXPECT_EQ(misfit(R"({"a":{"$absent":true}})", R"({"b":1})"), "");
  EXPECT_EQ(misfit(R"({"a":{"$absent":true}})", R"({"a":1})"), "a: is 1\n");
  EXPECT_NE(misfit(R"([1])", R"([1,2])"), "");
  EXPECT_NE(misfit(R"({"a":{"$contains":"x"}})", R"({"a":"yz"})"), "");
  EXPECT_NE(misfit(R"({"$size":2})", R"([1])"), "");
  EXPECT_NE(misfit(R"("1")", "1"), "");
}

}  // namespace
}  // namespace aisle
