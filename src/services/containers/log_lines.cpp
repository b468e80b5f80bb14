#include "services/containers/log_lines.h"

#include "lang/json/parse.h"
#include "lang/json/utf8.h"

#include <algorithm>

namespace stepwell::containers {
namespace {

constexpr std::size_t header_bytes = 8;
constexpr std::size_t longest_time = 40;  // 2026-11-20T23:06:07.123456789+01:00 and a space

std::size_t length_of(std::string_view header) {
  std::size_t length = 0;
  for (std::size_t at = 4; at < header_bytes; ++at) length = length << 8U | static_cast<unsigned char>(header[at]);
  return length;
}

}  // namespace

void LogLines::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (left_ == 0) {
      const std::size_t taken = std::min(header_bytes - header_.size(), bytes.size());
      header_ += bytes.substr(0, taken);
      bytes.remove_prefix(taken);
      if (header_.size() < header_bytes) return;
      is_error_ = header_[0] == 2;
      left_ = length_of(header_);
      header_.clear();
      continue;
    }
    const std::size_t taken = std::min(left_, bytes.size());
    take(unfinished_[is_error_ ? 1 : 0], bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    left_ -= taken;
  }
}

void LogLines::end() {
  for (std::string& line : unfinished_) {
    if (!line.empty()) tell(line);
  }
}

void LogLines::take(std::string& line, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::size_t room = max_line_ + longest_time - line.size();
    const std::size_t taken = std::min({end, bytes.size(), room});
    line += bytes.substr(0, taken);
    bytes.remove_prefix(taken);
    if (bytes.starts_with('\n')) {
      bytes.remove_prefix(1);
      tell(line);
    } else if (taken == room) {
      // What follows has no time of its own: it is given that of its beginning.
      std::string time = line.substr(0, line.find(' ') + 1);
      tell(line);
      line = std::move(time);
    }
  }
}

void LogLines::tell(std::string& line) {
  if (++lines_ > skip_) {
    const std::size_t space = line.find(' ');
    const auto time = parse_rfc3339(std::string_view(line).substr(0, space));
    const std::string_view text = time && space != std::string::npos ? std::string_view(line).substr(space + 1)
                                  : time                             ? std::string_view{}
                                                                     : std::string_view(line);
    const std::string valid = json::is_valid_utf8(text) ? std::string() : valid_utf8(text);
    on_line_(time.value_or(Timestamp{}), valid.empty() ? text : std::string_view(valid));
  }
  line.clear();
}

std::string valid_utf8(std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string valid;
  valid.reserve(text.size());
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const bool ascii = static_cast<unsigned char>(*at) < 0x80;
    const std::size_t length = ascii ? 1 : json::utf8_sequence(at, end);
    if (length == 0) {
      valid += replacement;
      ++at;
    } else {
      valid.append(at, length);
      at += length;
    }
  }
  return valid;
}

}  // namespace stepwell::containers
