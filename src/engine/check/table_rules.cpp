#include "engine/check/table_rules.h"

#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine::check {

std::vector<Scope*> open_scopes(const Tables& tables) {
  std::vector<Scope*> scopes;
  for (const auto& [id, scope] : tables.rebuilt.scopes) scopes.push_back(scope.get());
  std::ranges::sort(scopes, {}, &Scope::id);
  return scopes;
}

std::unique_ptr<Scope> stored_scope(store::Store& store, ExecutionId id, ScopeId scope, json::Arena& arena) {
  const auto value = read(store, Table::scope, scope_key(id, scope));
  if (!value) return nullptr;
  const StoredPayloads payloads(store);
  auto decoded = decode_scope(*value, arena, payloads, id);
  if (decoded == nullptr) unreadable("a scope");
  return decoded;
}

namespace {

// The end of a key: scope, or parent and index.
std::string place_of(std::string_view key) {
  store::KeyReader reader(key);
  reader.u16();
  reader.u64();
  std::string place = fmt::format("{}", reader.u32());
  if (!reader.at_end()) place += fmt::format("/{}", reader.u32());
  return place;
}

}  // namespace

void compare(const std::vector<Row>& expected, const std::vector<Row>& found, std::string_view what, Report& report) {
  auto left = expected.begin();
  auto right = found.begin();
  while (left != expected.end() || right != found.end()) {
    if (right == found.end() || (left != expected.end() && left->first < right->first)) {
      report.add(fmt::format("{} {} is missing", what, place_of(left->first)));
      ++left;
    } else if (left == expected.end() || right->first < left->first) {
      report.add(fmt::format("{} {} is there and should not be", what, place_of(right->first)));
      ++right;
    } else {
      if (left->second != right->second)
        report.add(fmt::format("{} {} is another than the log says", what, place_of(left->first)));
      ++left;
      ++right;
    }
  }
}

}  // namespace stepwell::engine::check
