#include "lang/jsonata/failure.h"

#include "lang/json/print.h"
#include "lang/jsonata/text/utf8.h"

#include <array>
#include <utility>

namespace stepwell::jsonata {
namespace {

struct Entry {
  std::string_view code;
  std::string_view text;
};
constexpr Entry kErrors[] = {
#define ERROR(code, text) {#code, text},
#include "lang/jsonata/errors.def"
#undef ERROR
};

}  // namespace

Error make_error(Code code, std::size_t position, std::initializer_list<std::string_view> arguments) {
  const Entry& entry = kErrors[std::to_underlying(code)];
  std::string message;
  const auto* argument = arguments.begin();
  for (std::size_t at = 0; at < entry.text.size(); ++at) {
    if (entry.text.substr(at, 2) == "{}") {
      if (argument != arguments.end()) message += *argument++;
      ++at;
    } else {
      message += entry.text[at];
    }
  }
  return {std::string(entry.code), well_formed(message), position};
}

std::string quoted(std::string_view text) {
  std::string out;
  json::print_string(out, text);
  return out;
}

}  // namespace stepwell::jsonata
