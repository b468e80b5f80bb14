// [a, b = x, ..., c > 10]: a message of parts between spaces; parts in quotes or brackets are one.
#include "services/logs/filter/condition.h"

#include <algorithm>

namespace stepwell::logs {
namespace {

struct Demand {
  Comparison comparison;
  Wanted wanted;
};
Demand read_demand(Scanner& scanner) {
  scanner.word("=!<>,&|()]");  // the column's name, told once more
  const auto comparison = read_comparison(scanner);
  if (!comparison) scanner.fail("a comparison");
  scanner.skip_spaces();
  return {.comparison = comparison.value_or(Comparison::equal), .wanted = Wanted::read(scanner, ",&|()]")};
}
using Demands = Joined<Demand, Demand (*)(Scanner&)>;

struct Column {
  bool is_rest = false;  // "...": any number of parts
  std::optional<Demands::Tree> demands;
  bool accepts(std::string_view part) const {
    return !demands ||
           demands->holds([&](const Demand& demand) { return compare(part, demand.comparison, demand.wanted); });
  }
};

// The parts of a message; the text in quotes or brackets is one, without them.
std::vector<std::string_view> parts_of(std::string_view message) {
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (true) {
    at = message.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos) return parts;
    const char closing = message[at] == '"' ? '"' : message[at] == '[' ? ']' : ' ';
    const std::size_t from = closing == ' ' ? at : at + 1;
    const std::size_t end = std::min(message.find(closing, from), message.size());
    parts.push_back(message.substr(from, end - from));
    at = closing == ' ' ? end : std::min(end + 1, message.size());
  }
}

class Columns final : public Condition {
 public:
  bool holds(std::string_view message) const override {
    const auto parts = parts_of(message);
    const auto rest = std::ranges::find(columns, true, &Column::is_rest);
    const auto before = static_cast<std::size_t>(rest - columns.begin());
    const std::size_t after = rest == columns.end() ? 0 : columns.size() - before - 1;
    if (rest == columns.end() ? parts.size() != before : parts.size() < before + after) return false;
    for (std::size_t i = 0; i < before; ++i) {
      if (!columns[i].accepts(parts[i])) return false;
    }
    for (std::size_t i = 0; i < after; ++i) {
      if (!columns[before + 1 + i].accepts(parts[parts.size() - after + i])) return false;
    }
    return true;
  }

  std::vector<Column> columns;
};

Column read_column(Scanner& scanner) {
  scanner.skip_spaces();
  Column column;
  if (scanner.take("...")) {
    column.is_rest = true;
    return column;
  }
  Scanner ahead = scanner;  // a name alone, or the first of its demands
  if (ahead.peek() != '(') ahead.word("=!<>,&|()]");
  ahead.skip_spaces();
  if (ahead.peek() == ',' || ahead.peek() == ']') {
    scanner = ahead;
  } else {
    column.demands = Demands::read(scanner, read_demand);
  }
  return column;
}

}  // namespace

ConditionPtr compile_columns(Scanner& scanner) {
  auto columns = std::make_unique<Columns>();
  scanner.require("[");
  do {
    columns->columns.push_back(read_column(scanner));
    scanner.skip_spaces();
  } while (!scanner.failed() && scanner.take(","));
  scanner.require("]");
  if (std::ranges::count(columns->columns, true, &Column::is_rest) > 1) scanner.fail("one ... at most");
  return columns;
}

}  // namespace stepwell::logs
