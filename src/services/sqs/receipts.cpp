#include "services/sqs/receipts.h"

#include "crypto/hash.h"
#include "store/codec.h"

namespace stepwell::sqs {
namespace {

constexpr std::size_t check_bytes = 16;

// Tells a handle from any other text; it is no secret.
std::string check_of(std::string_view content) {
  return crypto::digest(crypto::Digest::md5, content).substr(0, check_bytes);
}

}  // namespace

std::string receipt_handle(const Receipt& receipt) {
  std::string content = store::KeyWriter().u8(1).u64(receipt.queue).u64(receipt.sequence).u32(receipt.receives).take();
  content += check_of(content);
  return crypto::base64_encode(content);
}

std::optional<Receipt> read_receipt_handle(std::string_view handle) {
  const auto bytes = crypto::base64_decode(handle);
  if (!bytes || bytes->size() <= check_bytes) return std::nullopt;
  const std::string_view content = std::string_view(*bytes).substr(0, bytes->size() - check_bytes);
  if (check_of(content) != std::string_view(*bytes).substr(content.size())) return std::nullopt;
  store::KeyReader in(content);
  if (in.u8() != 1) return std::nullopt;
  Receipt receipt;
  receipt.queue = in.u64();
  receipt.sequence = in.u64();
  receipt.receives = in.u32();
  return in.ok() && in.at_end() ? std::optional(receipt) : std::nullopt;
}

}  // namespace stepwell::sqs
