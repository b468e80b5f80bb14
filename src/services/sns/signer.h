#pragma once
// Signatures of messages, by which endpoints know that they are this program's. The key is made when it is needed
// first, and kept with the first commit that it signed something for.

#include "base/ports.h"
#include "crypto/signing_key.h"
#include "store/store.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sns {

struct Signature {
  std::string text;             // base64
  std::string certificate_url;  // SigningCertURL
};

class Signer {
 public:
  // `own_url` says where this program is reached.
  Signer(store::Store& store, Clock& clock, std::function<std::string()> own_url)
      : store_(store), clock_(clock), own_url_(std::move(own_url)) {}

  std::string own_url() const { return own_url_(); }
  // `version` is 1 (SHA-1) or 2 (SHA-256). `batch` is the commit that the message goes with.
  Result<Signature> sign(std::string_view version, std::string_view text, store::Batch& batch);
  // The certificate, where the path is its own; nullopt: it is not.
  Result<std::optional<std::string>> page(std::string_view path);

 private:
  Result<void> load();
  std::string path() const;  // of the certificate

  store::Store& store_;
  Clock& clock_;
  std::function<std::string()> own_url_;
  std::optional<crypto::SigningKey> key_;
  std::shared_ptr<std::atomic<bool>> is_kept_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace stepwell::sns
