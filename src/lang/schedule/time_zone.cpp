#include "lang/schedule/time_zone.h"

#include <algorithm>
#include <array>

namespace stepwell::schedule {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

// Reads numbers of a zone file; one that runs past the end gives zeros and is not ok.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
    }
    const std::string_view part = rest_.substr(0, count);
    rest_.remove_prefix(part.size());
    return part;
  }
  std::int64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const std::string_view bytes = take(size);
    for (const char c : bytes) value = value << 8U | static_cast<unsigned char>(c);
    return size == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value)) : static_cast<std::int64_t>(value);
  }
  std::string_view rest() const { return rest_; }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

struct Header {
  char version = 0;
  std::uint64_t universal = 0, standard = 0, leaps = 0, times = 0, types = 0, characters = 0;
};

std::optional<Header> read_header(Bytes& bytes) {
  if (bytes.take(4) != "TZif") return std::nullopt;
  Header header;
  const std::string_view version = bytes.take(16);
  if (version.empty()) return std::nullopt;
  header.version = version.front();
  for (std::uint64_t* count :
       {&header.universal, &header.standard, &header.leaps, &header.times, &header.types, &header.characters}) {
    *count = static_cast<std::uint32_t>(bytes.number(4));
  }
  const bool sane = bytes.ok() && header.times <= 10'000 && header.types >= 1 && header.types <= 256;
  return sane ? std::optional(header) : std::nullopt;
}

}  // namespace

std::optional<TimeZone> TimeZone::parse(std::string_view text) {
  Bytes bytes(text);
  const auto narrow = read_header(bytes);
  // The first block is for readers of 32 bits; the second one, and the rule behind it, says all.
  if (!narrow || narrow->version < '2') return std::nullopt;
  bytes.take(narrow->times * 5 + narrow->types * 6 + narrow->characters + narrow->leaps * 8 + narrow->standard +
             narrow->universal);
  const auto header = read_header(bytes);
  if (!header) return std::nullopt;
  TimeZone zone;
  zone.transitions_.resize(header->times);
  for (Transition& transition : zone.transitions_) transition.at = sys_seconds(seconds(bytes.number(8)));
  const std::string_view kinds = bytes.take(header->times);
  std::vector<seconds> offsets(header->types);
  for (seconds& offset : offsets) {
    offset = seconds(bytes.number(4));
    bytes.take(2);
  }
  bytes.take(header->characters + header->leaps * 12 + header->standard + header->universal);
  const std::string_view footer = bytes.rest();
  if (!bytes.ok() || footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') return std::nullopt;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const auto kind = static_cast<unsigned char>(kinds[i]);
    if (kind >= offsets.size()) return std::nullopt;
    zone.transitions_[i].offset = offsets[kind];
  }
  if (!std::ranges::is_sorted(zone.transitions_, {}, &Transition::at)) return std::nullopt;
  zone.first_ = offsets.front();
  const std::string_view rule = footer.substr(1, footer.size() - 2);
  const seconds last = zone.transitions_.empty() ? zone.first_ : zone.transitions_.back().offset;
  const auto parsed = rule.empty() ? YearlyRule{.standard = last, .summer = last} : parse_rule(rule);
  if (!parsed) return std::nullopt;
  zone.after_ = *parsed;
  return zone;
}

seconds TimeZone::offset_at(sys_seconds time) const {
  const auto next = std::ranges::upper_bound(transitions_, time, {}, &Transition::at);
  if (next == transitions_.end()) return schedule::offset_at(after_, time);
  return next == transitions_.begin() ? first_ : std::prev(next)->offset;
}

LocalTime TimeZone::local(Timestamp time) const {
  return LocalTime(time.time_since_epoch() + offset_at(std::chrono::floor<seconds>(time)));
}

std::optional<Timestamp> TimeZone::when(LocalTime local) const {
  const sys_seconds about(std::chrono::floor<seconds>(local).time_since_epoch());
  // The offsets of the days around: if there is a change, it is between them.
  const std::array<seconds, 2> offsets = {offset_at(about - std::chrono::days(1)),
                                          offset_at(about + std::chrono::days(1))};
  std::optional<Timestamp> first;
  for (const seconds offset : offsets) {
    const Timestamp time(local.time_since_epoch() - offset);
    const bool shown = offset_at(std::chrono::floor<seconds>(time)) == offset;
    if (shown && (!first || time < *first)) first = time;
  }
  return first;
}

}  // namespace stepwell::schedule
