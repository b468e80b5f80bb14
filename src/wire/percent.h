#pragma once
// Percent-encoding (RFC 3986) and the parts of a request target.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::wire {

// Everything but letters, digits and -._~ is encoded, as %2F; so is the slash unless it is kept.
enum class Slash { encode, keep };
std::string percent_encode(std::string_view text, Slash slash = Slash::encode);

// nullopt when a % is not followed by two hexadecimal digits. A + stays.
std::optional<std::string> percent_decode(std::string_view text);

// "/path?query" split at the first question mark; both still encoded.
std::pair<std::string_view, std::string_view> split_target(std::string_view target);

// The fields of a query in their order, still encoded; a field without = has an empty value.
std::vector<std::pair<std::string_view, std::string_view>> query_fields(std::string_view query);

// The decoded value of the first field of that name; nullopt when there is none or it is malformed. Here a + is a
// space, as forms write it.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace stepwell::wire
