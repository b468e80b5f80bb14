#pragma once
// The payloads of a page of events. What neighbours refer to stands in the same few records: each is read and indexed
// once, and the latest are kept while the page lives.

#include "engine/event_codec.h"
#include "engine/persist.h"
#include "store/store.h"

#include <list>
#include <string>

namespace stepwell::engine {

class PagePayloads final : public PayloadSource {
 public:
  explicit PagePayloads(store::Store& store) : store_(&store) {}
  // All of one execution. Throws StorageLost.
  std::string fetch(ExecutionId execution, Home home) const override;

 private:
  struct Record {
    std::string bytes;
    PayloadIndex index;  // into `bytes`
  };
  const Record* find(ExecutionId execution, Serial serial) const;

  store::Store* store_;
  mutable std::list<Record> records_;  // the latest used first
};

}  // namespace stepwell::engine
