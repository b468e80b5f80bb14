#include "services/sns/signer.h"

#include <fmt/format.h>

namespace stepwell::sns {
namespace {

using store::Table;

constexpr std::string_view key_name = "sns signing key";
constexpr std::string_view certificate_name = "sns signing certificate";

}  // namespace

Result<void> Signer::load() {
  if (key_) return {};
  TRY_ASSIGN(const auto key, store_.get(Table::meta, key_name));
  TRY_ASSIGN(const auto certificate, store_.get(Table::meta, certificate_name));
  if (!key || !certificate) return {};
  key_ = crypto::SigningKey::load(*key, *certificate);
  if (!key_) return fail(internal_error("The key that messages are signed with cannot be read."));
  *is_kept_ = true;
  return {};
}

std::string Signer::path() const {
  const std::string digest = crypto::to_hex(crypto::digest(crypto::Digest::md5, key_->certificate()));
  return fmt::format("/SimpleNotificationService-{}.pem", digest);
}

Result<Signature> Signer::sign(std::string_view version, std::string_view text, store::Batch& batch) {
  TRY(load());
  if (!key_) key_ = crypto::SigningKey::generate("sns.amazonaws.com", clock_.now());
  if (!*is_kept_) {
    batch.put(Table::meta, key_name, key_->private_key());
    batch.put(Table::meta, certificate_name, key_->certificate());
    batch.then([is_kept = is_kept_](const Result<void>& durable) {
      if (durable) *is_kept = true;
    });
  }
  const auto digest = version == "2" ? crypto::Digest::sha256 : crypto::Digest::sha1;
  return Signature{.text = crypto::base64_encode(key_->sign(digest, text)), .certificate_url = own_url_() + path()};
}

Result<std::optional<std::string>> Signer::page(std::string_view path_asked) {
  if (!path_asked.starts_with("/SimpleNotificationService-")) return std::nullopt;
  TRY(load());
  if (!key_ || path_asked != path()) return std::nullopt;
  return key_->certificate();
}

}  // namespace stepwell::sns
