// Versions and aliases of state machines, and the executions that are started by them.

#include "service_fixture.h"
#include "services/states/machine_records.h"

#include <map>

namespace stepwell::states {
namespace {

// A machine that passes on a text.
std::string passing(std::string_view text) {
  return fmt::format(R"({{"StartAt":"P","States":{{"P":{{"Type":"Pass","Result":"{}","End":true}}}}}})", text);
}

class VersionsTest : public ServiceTest {
 protected:
  std::string on_machine(const std::string& operation, const std::string& qualifier = {},
                         const std::string& more = {}) {
    return call(operation, fmt::format(R"({{"stateMachineArn":"{}{}"{}}})", machine_arn("m"), qualifier, more));
  }
  std::string publish(const std::string& more = {}) {
    return member(on_machine("PublishStateMachineVersion", {}, more), "stateMachineVersionArn");
  }
  std::string update(const std::string& text, bool publish = false) {
    json::Arena arena;
    const json::Value input = json::ObjectBuilder(arena)
                                  .add("stateMachineArn", machine_arn("m"))
                                  .add("definition", passing(text))
                                  .add("publish", publish)
                                  .build();
    return call("UpdateStateMachine", json::print(input));
  }
  std::string version(int number) { return fmt::format("{}:{}", machine_arn("m"), number); }
  // "1 3" of the list, in its order.
  std::string versions() {
    std::string numbers;
    const std::string list = on_machine("ListStateMachineVersions");
    json::Arena arena;
    for (const json::Value& each : json::parse(arena, list)->find("stateMachineVersions")->elements()) {
      const std::string_view arn = each.find("stateMachineVersionArn")->as_string();
      numbers += fmt::format("{}{}", numbers.empty() ? "" : " ", arn.substr(arn.rfind(':') + 1));
    }
    return numbers;
  }
  std::string remove_version(int number) {
    return call("DeleteStateMachineVersion", fmt::format(R"({{"stateMachineVersionArn":"{}"}})", version(number)));
  }
  std::string definition(const std::string& qualifier) {
    return member(member(on_machine("DescribeStateMachine", qualifier), "definition"), "States.P.Result");
  }
  // Versions with their weights.
  std::string routes(const std::map<int, int>& weights) {
    std::string list;
    for (const auto& [number, weight] : weights) {
      list += fmt::format(R"({}{{"stateMachineVersionArn":"{}","weight":{}}})", list.empty() ? "" : ",",
                          version(number), weight);
    }
    return "[" + list + "]";
  }
  std::string create_alias(const std::string& name, const std::map<int, int>& weights) {
    return call("CreateStateMachineAlias",
                fmt::format(R"({{"name":"{}","routingConfiguration":{}}})", name, routes(weights)));
  }
  std::string on_alias(const std::string& operation, const std::string& name, const std::string& more = {}) {
    return call(operation, fmt::format(R"({{"stateMachineAliasArn":"{}:{}"{}}})", machine_arn("m"), name, more));
  }
  std::string start_by(const std::string& qualifier, const std::string& name) {
    return on_machine("StartExecution", qualifier, fmt::format(R"(,"name":"{}")", name));
  }
  std::string names_listed(const std::string& qualifier) {
    std::string names;
    json::Arena arena;
    const std::string list = on_machine("ListExecutions", qualifier);
    const auto root = json::parse(arena, list);
    const json::Value* found = root ? root->find("executions") : nullptr;
    if (found == nullptr) return list;
    for (const json::Value& each : found->elements()) names += each.find("name")->as_string();
    return names;
  }
};

TEST_F(VersionsTest, ARevisionIsPublishedOnce) {
  create_machine("m", passing("one"));
  EXPECT_EQ(publish(R"(,"description":"first")"), version(1));
  const std::string created = member(on_machine("PublishStateMachineVersion"), "creationDate");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(publish(R"(,"description":"other")"), version(1));
  EXPECT_EQ(member(on_machine("PublishStateMachineVersion"), "creationDate"), created);
  EXPECT_EQ(member(on_machine("DescribeStateMachine", ":1"), "description"), "first");
  update("two");
  restart();
  EXPECT_EQ(publish(), version(2));
  EXPECT_EQ(versions(), "2 1");
  EXPECT_EQ(definition(":1") + definition(":2") + definition(""), "onetwotwo");
  EXPECT_EQ(member(on_machine("DescribeStateMachine", ":1"), "revisionId"), "none");
  EXPECT_EQ(member(on_machine("DescribeStateMachine", ":2"), "revisionId"),
            member(on_machine("DescribeStateMachine"), "revisionId"));
}

TEST_F(VersionsTest, TheRevisionMustBeTheOneThatIsMeant) {
  create_machine("m", passing("one"));
  EXPECT_EQ(on_machine("PublishStateMachineVersion", {}, R"(,"revisionId":"x")"), "ConflictException");
  EXPECT_EQ(publish(R"(,"revisionId":"INITIAL")"), version(1));
  const std::string revision = member(update("two"), "revisionId");
  EXPECT_EQ(on_machine("PublishStateMachineVersion", {}, R"(,"revisionId":"INITIAL")"), "ConflictException");
  EXPECT_EQ(publish(fmt::format(R"(,"revisionId":"{}")", revision)), version(2));
  EXPECT_EQ(on_machine("PublishStateMachineVersion", ":1"), "StateMachineDoesNotExist");
}

TEST_F(VersionsTest, UpdatesPublishWhatTheyMake) {
  create_machine("m", passing("one"));
  EXPECT_EQ(member(update("two", true), "stateMachineVersionArn"), version(1));
  EXPECT_EQ(member(update("two", true), "stateMachineVersionArn"), version(1));  // nothing has changed
  EXPECT_EQ(member(update("three"), "stateMachineVersionArn"), "none");
  EXPECT_EQ(member(update("three", true), "stateMachineVersionArn"), version(2));
  EXPECT_EQ(
      on_machine("UpdateStateMachine", "", R"(,"roleArn":"arn:aws:iam::123456789012:role/r","versionDescription":"d")"),
      "ValidationException");
}

TEST_F(VersionsTest, NumbersAreNeverGivenTwice) {
  create_machine("m", passing("one"));
  publish();
  EXPECT_EQ(remove_version(1), "{}");
  EXPECT_EQ(remove_version(1), "{}");
  EXPECT_EQ(publish(), version(2));
  update("two", true);
  EXPECT_EQ(remove_version(2), "{}");
  EXPECT_EQ(versions(), "3");
  EXPECT_EQ(publish(), version(3));
}

TEST_F(VersionsTest, PagesOfVersions) {
  create_machine("m", passing("0"));
  for (int i = 1; i <= 5; ++i) update(std::to_string(i), true);
  const std::string first = on_machine("ListStateMachineVersions", {}, R"(,"maxResults":2)");
  const std::string rest =
      on_machine("ListStateMachineVersions", {}, fmt::format(R"(,"nextToken":"{}")", member(first, "nextToken")));
  EXPECT_NE(first.find(":5\""), std::string::npos);
  EXPECT_EQ(first.find(":3\""), std::string::npos);
  EXPECT_NE(rest.find(":3\""), std::string::npos);
  EXPECT_EQ(member(rest, "nextToken"), "none");
  EXPECT_EQ(on_machine("ListStateMachineVersions", {}, R"(,"nextToken":"forged")"), "InvalidToken");
  clock_.advance(std::chrono::hours(25));
  EXPECT_EQ(on_machine("ListStateMachineVersions", {}, fmt::format(R"(,"nextToken":"{}")", member(first, "nextToken"))),
            "InvalidToken");
}

TEST_F(VersionsTest, AMachineGoesWithItsVersionsAndAliases) {
  create_machine("m", passing("one"));
  create_machine("m2", passing("one"));
  publish();
  create_alias("live", {{1, 100}});
  EXPECT_EQ(on_machine("DeleteStateMachine", ":1"), "ValidationException");
  EXPECT_EQ(versions(), "1");
  call("PublishStateMachineVersion", fmt::format(R"({{"stateMachineArn":"{}"}})", machine_arn("m2")));
  EXPECT_EQ(on_machine("DeleteStateMachine"), "{}");
  EXPECT_EQ(rows(store::Table::machine_version), 1U);  // of the other machine
  EXPECT_EQ(rows(store::Table::machine_alias), 0U);
  EXPECT_EQ(on_machine("DescribeStateMachine", ":1"), "StateMachineDoesNotExist");
  EXPECT_EQ(start_by(":1", "e"), "StateMachineDoesNotExist");
}

TEST_F(VersionsTest, ExecutionsOfAVersionRunIt) {
  create_machine("m", passing("one"));
  publish();
  update("two");
  EXPECT_EQ(member(start_by(":1", "a"), "executionArn"), execution_arn("m", "a"));
  start_by("", "b");
  EXPECT_EQ(member(describe("m", "a"), "output"), R"("one")");
  EXPECT_EQ(member(describe("m", "a"), "stateMachineVersionArn"), version(1));
  EXPECT_EQ(member(describe("m", "a"), "stateMachineAliasArn"), "none");
  EXPECT_EQ(member(describe("m", "b"), "output"), R"("two")");
  EXPECT_EQ(member(describe("m", "b"), "stateMachineVersionArn"), "none");
  EXPECT_EQ(member(details("m", "a", "ExecutionStarted"), "stateMachineVersionArn"), version(1));
  EXPECT_EQ(names_listed(":1"), "a");
  EXPECT_EQ(names_listed(":2"), "ResourceNotFound");
  const std::string all = names_listed("");
  EXPECT_EQ(all.size(), 2U);
  const std::string machine =
      call("DescribeStateMachineForExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("m", "a")));
  EXPECT_EQ(member(member(machine, "definition"), "States.P.Result"), "one");
  EXPECT_EQ(member(machine, "revisionId"), "none");
  EXPECT_EQ(start_by(":9", "c"), "StateMachineDoesNotExist");
}

TEST_F(VersionsTest, AnAliasSharesItsExecutionsOut) {
  create_machine("m", passing("one"));
  publish();
  update("two", true);
  EXPECT_EQ(member(create_alias("live", {{1, 80}, {2, 20}}), "stateMachineAliasArn"), machine_arn("m") + ":live");
  int of_first = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string name = std::to_string(i);
    start_by(":live", name);
    const std::string found = describe("m", name);
    EXPECT_EQ(member(found, "stateMachineAliasArn"), machine_arn("m") + ":live");
    const bool first = member(found, "stateMachineVersionArn") == version(1);
    EXPECT_EQ(member(found, "output"), first ? R"("one")" : R"("two")");
    if (first) ++of_first;
  }
  EXPECT_GT(of_first, 130);
  EXPECT_LT(of_first, 190);
  EXPECT_EQ(definition(":live"), "one");  // where most of them go
  EXPECT_EQ(
      on_alias("UpdateStateMachineAlias", "live", R"(,"routingConfiguration":)" + routes({{2, 100}})).substr(2, 10),
      "updateDate");
  start_by(":live", "after");
  EXPECT_EQ(member(describe("m", "after"), "stateMachineVersionArn"), version(2));
}

TEST_F(VersionsTest, ListsByAlias) {
  create_machine("m", passing("one"));
  publish();
  create_alias("live", {{1, 100}});
  start_by(":live", "a");
  start_by(":1", "b");
  EXPECT_EQ(names_listed(":live"), "a");
  EXPECT_EQ(names_listed(":1").size(), 2U);
  EXPECT_EQ(names_listed(":none"), "ResourceNotFound");
  EXPECT_EQ(on_machine("ListExecutions", {}, R"(,"redriveFilter":"REDRIVEN")"), "ValidationException");
  EXPECT_EQ(on_machine("ListExecutions", {}, R"(,"statusFilter":"PENDING_REDRIVE")"), "ValidationException");
  EXPECT_EQ(call("ListExecutions", "{}"), "ValidationException");
}

TEST_F(VersionsTest, ANameStandsForOneWayOfStarting) {
  create_machine("m", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":100,"End":true}}})");
  publish();
  create_alias("live", {{1, 100}});
  const std::string first = start_by(":live", "e");
  EXPECT_EQ(start_by(":live", "e"), first);
  EXPECT_EQ(start_by(":1", "e"), "ExecutionAlreadyExists");
  EXPECT_EQ(start_by("", "e"), "ExecutionAlreadyExists");
  pass(std::chrono::seconds(101));
  EXPECT_EQ(start_by(":live", "e"), "ExecutionAlreadyExists");
  clock_.advance(std::chrono::days(90));
  EXPECT_NE(start_by(":live", "e"), first);
  EXPECT_EQ(status("m", "e"), "RUNNING");
}

TEST_F(VersionsTest, AliasesAreCreatedOnceAndChanged) {
  create_machine("m", passing("one"));
  publish();
  update("two", true);
  const std::string first = create_alias("live", {{1, 100}});
  pass(std::chrono::seconds(3));
  EXPECT_EQ(create_alias("live", {{1, 100}}), first);
  EXPECT_EQ(create_alias("live", {{2, 100}}), "ConflictException");
  on_alias("UpdateStateMachineAlias", "live", R"(,"description":"d")");
  restart();
  const std::string found = on_alias("DescribeStateMachineAlias", "live");
  EXPECT_EQ(member(found, "description") + member(found, "name"), "dlive");
  EXPECT_EQ(member(found, "routingConfiguration"), routes({{1, 100}}));
  EXPECT_EQ(member(found, "creationDate"), member(first, "creationDate"));
  EXPECT_NE(member(found, "updateDate"), member(found, "creationDate"));
  EXPECT_EQ(on_alias("UpdateStateMachineAlias", "live"), "ValidationException");
  EXPECT_EQ(on_alias("UpdateStateMachineAlias", "none", R"(,"description":"d")"), "ResourceNotFound");
  EXPECT_EQ(on_alias("DescribeStateMachineAlias", "none"), "ResourceNotFound");
  EXPECT_EQ(on_alias("DescribeStateMachineAlias", "7"), "InvalidArn");
  EXPECT_EQ(on_alias("DeleteStateMachineAlias", "live"), "{}");
  EXPECT_EQ(on_alias("DeleteStateMachineAlias", "live"), "{}");
  EXPECT_EQ(on_alias("DescribeStateMachineAlias", "live"), "ResourceNotFound");
}

TEST_F(VersionsTest, RoutesAreVersionsOfOneMachineThatAreThere) {
  create_machine("m", passing("one"));
  publish();
  EXPECT_EQ(create_alias("a", {{1, 99}}), "ValidationException");
  EXPECT_EQ(create_alias("a", {{2, 100}}), "ResourceNotFound");
  create_machine("n", passing("one"));
  call("PublishStateMachineVersion", fmt::format(R"({{"stateMachineArn":"{}"}})", machine_arn("n")));
  EXPECT_EQ(call("CreateStateMachineAlias",
                 fmt::format(R"({{"name":"a","routingConfiguration":[{{"stateMachineVersionArn":"{}","weight":50}},)"
                             R"({{"stateMachineVersionArn":"{}:1","weight":50}}]}})",
                             version(1), machine_arn("n"))),
            "ValidationException");
}

TEST_F(VersionsTest, AVersionWithAnAliasStays) {
  create_machine("m", passing("one"));
  publish();
  update("two", true);
  create_alias("b", {{1, 50}, {2, 50}});
  create_alias("a", {{1, 100}});
  EXPECT_EQ(remove_version(1), "ConflictException");
  EXPECT_EQ(member(on_machine("ListStateMachineAliases", ":2"), "stateMachineAliases").find(":a\""), std::string::npos);
  const std::string page = on_machine("ListStateMachineAliases", {}, R"(,"maxResults":1)");
  EXPECT_NE(page.find(":a\""), std::string::npos);
  const std::string rest =
      on_machine("ListStateMachineAliases", {}, fmt::format(R"(,"nextToken":"{}")", member(page, "nextToken")));
  EXPECT_NE(rest.find(":b\""), std::string::npos);
  EXPECT_EQ(rest.find(":a\""), std::string::npos);
  on_alias("DeleteStateMachineAlias", "a");
  on_alias("DeleteStateMachineAlias", "b");
  EXPECT_EQ(remove_version(1), "{}");
}

TEST_F(VersionsTest, CreatingMayPublish) {
  const auto create = [this](const std::string& more) {
    json::Arena arena;
    return call("CreateStateMachine",
                fmt::format(R"({{"name":"m","definition":{},"roleArn":"arn:aws:iam::123456789012:role/r"{}}})",
                            json::print(json::make_string(arena, passing("one"))), more));
  };
  const std::string made = create(R"(,"publish":true,"versionDescription":"d")");
  EXPECT_EQ(member(made, "stateMachineVersionArn"), version(1));
  EXPECT_EQ(create(R"(,"publish":true,"versionDescription":"d")"), made);
  EXPECT_EQ(create(R"(,"publish":true)"), "StateMachineAlreadyExists");
  EXPECT_EQ(create(""), "StateMachineAlreadyExists");
  EXPECT_EQ(create(R"(,"versionDescription":"d")"), "ValidationException");
  EXPECT_EQ(member(on_machine("DescribeStateMachine", ":1"), "description"), "d");
}

TEST_F(VersionsTest, EncryptionIsPartOfARevision) {
  create_machine("m", passing("one"));
  EXPECT_EQ(member(on_machine("DescribeStateMachine"), "encryptionConfiguration"), R"({"type":"AWS_OWNED_KEY"})");
  publish();
  EXPECT_EQ(on_machine("UpdateStateMachine", {}, R"(,"encryptionConfiguration":{"type":"CUSTOMER_MANAGED_KMS_KEY"})"),
            "InvalidEncryptionConfiguration");
  on_machine("UpdateStateMachine", {},
             R"(,"encryptionConfiguration":{"type":"CUSTOMER_MANAGED_KMS_KEY","kmsKeyId":"k"})");
  EXPECT_EQ(member(on_machine("DescribeStateMachine"), "encryptionConfiguration"),
            R"({"kmsDataKeyReusePeriodSeconds":300,"kmsKeyId":"k","type":"CUSTOMER_MANAGED_KMS_KEY"})");
  EXPECT_EQ(member(on_machine("DescribeStateMachine", ":1"), "encryptionConfiguration"), R"({"type":"AWS_OWNED_KEY"})");
  EXPECT_EQ(member(call("CreateActivity", R"({"name":"a"})"), "activityArn").empty(), false);
  EXPECT_EQ(call("CreateActivity",
                 R"({"name":"a","encryptionConfiguration":{"type":"CUSTOMER_MANAGED_KMS_KEY","kmsKeyId":"k"}})"),
            "ActivityAlreadyExists");
}

TEST_F(VersionsTest, LabelsAreNoMachines) {
  create_machine("m", passing("one"));
  EXPECT_EQ(start_by("/label", "e"), "ValidationException");
  EXPECT_EQ(on_machine("DeleteStateMachine", "/label"), "ValidationException");
  EXPECT_EQ(on_machine("DescribeStateMachine", "/label"), "StateMachineDoesNotExist");
}

TEST_F(VersionsTest, MapRunsAreNotThere) {
  create_machine("m", passing("one"));
  start_by("", "e");
  const std::string run = R"({"mapRunArn":"arn:aws:states:us-east-1:123456789012:mapRun:m/label:0f0f")";
  EXPECT_EQ(call("ListMapRuns", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("m", "e"))),
            R"({"mapRuns":[]})");
  EXPECT_EQ(call("ListMapRuns", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("m", "none"))),
            "ExecutionDoesNotExist");
  EXPECT_EQ(call("DescribeMapRun", run + "}"), "ResourceNotFound");
  EXPECT_EQ(call("UpdateMapRun", run + R"(,"maxConcurrency":1})"), "ResourceNotFound");
  EXPECT_EQ(call("UpdateMapRun", run + "}"), "ValidationException");
  EXPECT_EQ(call("DescribeMapRun", fmt::format(R"({{"mapRunArn":"{}"}})", execution_arn("m", "e"))), "InvalidArn");
  EXPECT_EQ(call("ListExecutions", run + "}"), "ResourceNotFound");
}

TEST_F(VersionsTest, RedrivenExecutionsKeepTheirVersion) {
  create_machine("m", R"({"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}})");
  publish();
  create_alias("live", {{1, 100}});
  start_by(":live", "e");
  update("two");
  EXPECT_EQ(member(describe("m", "e"), "redriveStatus"), "REDRIVABLE");
  pass(std::chrono::seconds(60));
  const std::string arn = execution_arn("m", "e");
  const std::string answer = call("RedriveExecution", fmt::format(R"({{"executionArn":"{}","clientToken":"t"}})", arn));
  EXPECT_NE(member(answer, "redriveDate"), "none");
  EXPECT_EQ(call("RedriveExecution", fmt::format(R"({{"executionArn":"{}","clientToken":"t"}})", arn)), answer);
  const std::string found = describe("m", "e");
  EXPECT_EQ(member(found, "status"), "FAILED");
  EXPECT_EQ(member(found, "redriveCount"), "1");
  EXPECT_EQ(member(found, "redriveDate"), member(answer, "redriveDate"));
  EXPECT_EQ(member(found, "stateMachineVersionArn"), version(1));
  EXPECT_EQ(details("m", "e", "ExecutionRedriven"), R"({"redriveCount":1})");
  EXPECT_EQ(names_listed(":1") + names_listed(":live"), "ee");
  EXPECT_EQ(call("RedriveExecution", R"({"executionArn":"arn:aws:states:us-east-1:123456789012:express:m:e:u"})"),
            "InvalidArn");
}

// Records that programs before versions wrote.
TEST(MachineRecords, OfTheFirstFormatAreRead) {
  const std::string machine(
      "\x01\x01m\x07"
      "EXPRESS\x02{}\x01r\x01i\x01\x08\x01l\x01t\x01"
      "e\x02[]",
      29);
  const auto record = decode_machine("arn", machine);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->name + record->type + record->definition + record->role_arn + record->revision_id, "mEXPRESS{}ri");
  EXPECT_EQ(record->created, Timestamp{Duration{4}});
  EXPECT_EQ(record->updated, record->created);
  EXPECT_EQ(record->logging + record->tracing + record->encryption + record->tags, "lte[]");
  EXPECT_EQ(record->last_version + record->published, 0U);
  const auto revision = decode_revision(std::string_view("\x01\x08STANDARD\x01r\x02{}", 15));
  ASSERT_TRUE(revision);
  EXPECT_EQ(revision->type + revision->role_arn + revision->definition, "STANDARDr{}");
  EXPECT_EQ(revision->encryption, owned_key);
  EXPECT_FALSE(revision->created);
}

TEST(MachineRecords, ComeBackAsTheyWere) {
  const AliasRecord alias{.name = "live",
                          .description = std::nullopt,
                          .routes = {{.version = 3, .weight = 70}, {.version = 9, .weight = 30}},
                          .created = Timestamp{Duration{5}},
                          .updated = Timestamp{Duration{6}}};
  const auto read = decode_alias(alias_key("arn", "live"), encode(alias));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, alias.name);
  EXPECT_EQ(read->description, alias.description);
  EXPECT_EQ(read->routes, alias.routes);
  EXPECT_EQ(read->updated, alias.updated);
  const VersionRecord version{.number = 7, .revision_id = "i", .description = "d", .created = Timestamp{Duration{5}}};
  EXPECT_EQ(decode_version(version_key("arn", 7), encode(version))->number, 7U);
  EXPECT_FALSE(decode_version(version_key("arn", 7), "\x09"));
}

}  // namespace
}  // namespace stepwell::states
