#include "services/sqs/operations/support.h"
#include "services/sqs/shown_message.h"

namespace stepwell::sqs {
namespace {

constexpr std::int64_t most_messages = 10;
constexpr std::int64_t longest_wait = 20;
constexpr std::size_t longest_attempt = 128;

struct Wishes {
  ReceiveRequest request;
  Duration patience{};
};

Result<std::int64_t> read_number(const wire::Call& call, std::string_view name, std::int64_t least, std::int64_t most,
                                 std::int64_t usual, std::string_view reason) {
  const json::Value* given = call.member(name);
  if (given == nullptr) return usual;
  const auto number = given->as_integer();
  if (number && *number >= least && *number <= most) return *number;
  return fail(errors::invalid_value(given->lexeme(), name, reason));
}

Result<Wishes> read_wishes(const wire::Call& call, const Settings& settings) {
  TRY_ASSIGN(const auto most,
             read_number(call, "MaxNumberOfMessages", 1, most_messages, 1, "Must be between 1 and 10, if provided."));
  TRY_ASSIGN(const auto wait, read_number(call, "WaitTimeSeconds", 0, longest_wait, settings.wait_seconds,
                                          "Must be >= 0 and <= 20, if provided."));
  std::int64_t visibility = settings.visibility_seconds;
  if (const json::Value* given = call.member("VisibilityTimeout")) {
    TRY_ASSIGN(visibility, read_visibility(*given));
  }
  const std::string_view attempt = call.text("ReceiveRequestAttemptId");
  if (attempt.size() > longest_attempt) {
    return fail(errors::invalid_value(attempt, "ReceiveRequestAttemptId",
                                      "ReceiveRequestAttemptId can only include alphanumeric and punctuation "
                                      "characters. 1 to 128 in length."));
  }
  return Wishes{.request = {.most = static_cast<std::size_t>(most),
                            .visibility = std::chrono::seconds(visibility),
                            .attempt = settings.fifo ? std::string(attempt) : std::string()},
                .patience = std::chrono::seconds(wait)};
}

}  // namespace

Task<Result<wire::Reply>> receive_message(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  CO_TRY_ASSIGN(Wishes wishes, read_wishes(call, queue->settings()));
  CO_TRY_ASSIGN(const Shown shown, read_shown(call));
  const bool fifo = queue->settings().fifo;
  CO_TRY_ASSIGN(const auto deliveries, co_await queue->receive(std::move(wishes.request), wishes.patience, call.gone));
  json::ObjectBuilder output(call.arena);
  std::vector<json::Value> messages;
  for (const Delivery& delivery : deliveries) messages.push_back(show_message(call.arena, delivery, shown, fifo));
  if (!messages.empty()) output.add("Messages", json::make_array(call.arena, messages));
  co_return reply_with(output.build());
}

}  // namespace stepwell::sqs
