#pragma once
// Brings the engine's tables of an older format up to the present one (store/format.h), in place, before anything else
// reads them. A step can be taken again after a crash in its middle: the number of the format changes with its end.

#include "base/error.h"
#include "base/ports.h"
#include "store/store.h"

namespace stepwell::engine {

// Waits for its commits. A store without a number (in memory) is of the present format.
Result<void> upgrade(store::Store& store, Log& log);

}  // namespace stepwell::engine
