#pragma once
// An execution rebuilt from its log alone, to be compared with the one that the store has.

#include "engine/apply.h"
#include "harness.h"

namespace stepwell::engine {

inline void expect_log_tells_all(store::Store& store, World& world, ExecutionId id) {
  const StoredPayloads payloads(store);
  const auto live = load(store, payloads, world, id);
  ASSERT_NE(live, nullptr);
  Execution rebuilt;
  rebuilt.id = id;
  rebuilt.name = live->name;
  rebuilt.revision = live->revision;
  const auto cursor = store.scan(store::Table::event, event_key(id, 0), store::prefix_end(execution_key(id)),
                                 store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    for (const Event& event : decode_events(cursor->value(), rebuilt.arena, payloads, id)) apply(rebuilt, event);
  }
  EXPECT_EQ(encode(rebuilt), encode(*live));
  ASSERT_EQ(rebuilt.scopes.size(), live->scopes.size());
  for (const auto& [scope_id, scope] : live->scopes) {
    ASSERT_NE(rebuilt.find(scope_id), nullptr);
    EXPECT_EQ(encode(*rebuilt.find(scope_id), rebuilt.arena), encode(*scope, live->arena)) << "scope " << scope_id;
  }
}

}  // namespace stepwell::engine
