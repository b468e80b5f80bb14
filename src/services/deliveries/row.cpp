#include "services/deliveries/row.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "store/codec.h"
#include "store/times.h"

namespace stepwell::deliveries {
namespace {

using store::get_time;
using store::millis;
using store::ValueReader;
using store::ValueWriter;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::uint8_t version = 1;
enum class Kind : std::uint8_t { call, request };

void put(ValueWriter& out, Duration span) { out.signed_varint(span.count()); }
Duration get_duration(ValueReader& in) { return Duration{in.signed_varint()}; }
std::uint32_t get_u32(ValueReader& in) { return static_cast<std::uint32_t>(in.varint()); }

void put(ValueWriter& out, const Pairs& pairs) {
  out.varint(pairs.size());
  for (const auto& [name, value] : pairs) out.text(name).text(value);
}
Pairs get_pairs(ValueReader& in) {
  Pairs pairs;
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    std::string name(in.text());
    pairs.emplace_back(std::move(name), in.text());
  }
  return pairs;
}

void put(ValueWriter& out, const ServiceCall& call) {
  out.u8(std::to_underlying(Kind::call)).text(call.service).text(call.operation).text(json::print(call.input));
  out.text(call.payload).text(call.account).text(call.region).text(call.role_arn);
}
std::optional<ServiceCall> get_call(json::Arena& arena, ValueReader& in) {
  ServiceCall call;
  call.service = in.text();
  call.operation = in.text();
  const auto input = json::parse_copy(arena, in.text());
  if (!input) return std::nullopt;
  call.input = *input;
  call.payload = in.text();
  call.account = in.text();
  call.region = in.text();
  call.role_arn = in.text();
  return call;
}

void put(ValueWriter& out, const HttpRequest& request) {
  out.u8(std::to_underlying(Kind::request)).text(request.method).text(request.url);
  put(out, request.headers);
  out.text(request.body).text(request.connection_arn);
  put(out, request.timeout);
}
HttpRequest get_request(ValueReader& in) {
  HttpRequest request;
  request.method = in.text();
  request.url = in.text();
  request.headers = get_pairs(in);
  request.body = in.text();
  request.connection_arn = in.text();
  request.timeout = get_duration(in);
  return request;
}

void put(ValueWriter& out, const Retries& retries) {
  out.varint(retries.immediate).varint(retries.shortest_first).varint(retries.growing).varint(retries.longest_last);
  put(out, retries.shortest);
  put(out, retries.longest);
  out.u8(std::to_underlying(retries.growth)).u8(retries.jitter ? 1 : 0);
  put(out, retries.max_age);
}
std::optional<Retries> get_retries(ValueReader& in) {
  Retries retries;
  retries.immediate = get_u32(in);
  retries.shortest_first = get_u32(in);
  retries.growing = get_u32(in);
  retries.longest_last = get_u32(in);
  retries.shortest = get_duration(in);
  retries.longest = get_duration(in);
  const std::uint8_t growth = in.u8();
  if (growth > std::to_underlying(Retries::Growth::exponential)) return std::nullopt;
  retries.growth = static_cast<Retries::Growth>(growth);
  retries.jitter = in.u8() != 0;
  retries.max_age = get_duration(in);
  return retries;
}

void put(ValueWriter& out, const std::optional<DeadLetter>& letter) {
  out.u8(letter ? 1 : 0);
  if (!letter) return;
  out.text(letter->queue_arn).text(letter->body).varint(letter->attributes.size());
  for (const Attribute& attribute : letter->attributes) {
    out.text(attribute.name).text(attribute.value).text(attribute.type);
  }
  out.u8(letter->tells_error ? 1 : 0).text(letter->group_id).text(letter->deduplication_id);
}
std::optional<DeadLetter> get_dead_letter(ValueReader& in) {
  if (in.u8() == 0) return std::nullopt;
  DeadLetter letter;
  letter.queue_arn = in.text();
  letter.body = in.text();
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    Attribute& attribute = letter.attributes.emplace_back();
    attribute.name = in.text();
    attribute.value = in.text();
    attribute.type = in.text();
  }
  letter.tells_error = in.u8() != 0;
  letter.group_id = in.text();
  letter.deduplication_id = in.text();
  return letter;
}

}  // namespace

std::string target_prefix(std::string_view target) { return store::KeyWriter().text(target).take(); }

std::string row_key(const Place& place) {
  return store::KeyWriter()
      .text(place.target)
      .u64(static_cast<std::uint64_t>(millis(place.due)))
      .u64(place.serial)
      .take();
}

std::optional<Place> decode_place(std::string_view key) {
  store::KeyReader in(key);
  Place place;
  place.target = in.text();
  place.due = Timestamp{Duration{static_cast<std::int64_t>(in.u64())}};
  place.serial = in.u64();
  return in.ok() && in.at_end() ? std::optional(std::move(place)) : std::nullopt;
}

std::string encode(const Row& row) {
  std::string value;
  ValueWriter out(value);
  const Delivery& delivery = row.delivery;
  out.u8(version).text(row.request_id).varint(row.attempts).varint(row.depth).signed_varint(millis(row.added));
  out.text(delivery.sender).text(delivery.source_arn);
  put(out, delivery.retries);
  put(out, delivery.dead_letter);
  std::visit([&out](const auto& what) { put(out, what); }, delivery.what);
  return value;
}

std::optional<Row> decode_row(json::Arena& arena, const Place& place, std::string_view value) {
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Row row;
  row.request_id = in.text();
  row.attempts = get_u32(in);
  row.depth = get_u32(in);
  row.added = get_time(in);
  row.delivery.target = place.target;
  row.delivery.sender = in.text();
  row.delivery.source_arn = in.text();
  const auto retries = get_retries(in);
  if (!retries) return std::nullopt;
  row.delivery.retries = *retries;
  row.delivery.dead_letter = get_dead_letter(in);
  if (in.u8() == std::to_underlying(Kind::request)) {
    row.delivery.what = get_request(in);
  } else {
    auto call = get_call(arena, in);
    if (!call) return std::nullopt;
    row.delivery.what = std::move(*call);
  }
  return in.ok() && in.at_end() ? std::optional(std::move(row)) : std::nullopt;
}

}  // namespace stepwell::deliveries
