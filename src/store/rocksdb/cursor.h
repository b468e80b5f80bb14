#pragma once
// A walk over one table of RocksDB.

#include "store/store.h"

#include <memory>
#include <string_view>

namespace stepwell::store {

class Database;

std::unique_ptr<Cursor> make_cursor(Database& database, Table table, std::string_view from, std::string_view to,
                                    Direction direction);

}  // namespace stepwell::store
