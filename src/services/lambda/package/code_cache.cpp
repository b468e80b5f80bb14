#include "services/lambda/package/code_cache.h"

#include "crypto/hash.h"
#include "services/lambda/errors.h"
#include "services/lambda/package/unpack.h"

namespace stepwell::lambda {
namespace {

namespace fs = std::filesystem;

// Unpacked packages kept although no process uses them.
constexpr std::size_t max_kept = 64;

// Below a directory for the function, which is made where it is missing.
Result<void> unpack_at(std::string_view package, const fs::path& path) {
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  if (failure) {
    return fail(
        errors::service_exception(fmt::format("Cannot make {}: {}", path.parent_path().string(), failure.message())));
  }
  return unpack(package, path);
}

}  // namespace

UnpackedCode::~UnpackedCode() {
  disk_->add([path = path_] {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    fs::remove(path.parent_path(), ignored);  // the function's, where this was its last
  });
}

Result<std::unique_ptr<CodeCache>> CodeCache::open(store::Store& store, Workers& disk, fs::path directory) {
  std::error_code failure;
  fs::remove_all(directory, failure);
  if (!failure) fs::create_directories(directory, failure);
  if (failure) return fail(internal_error(fmt::format("Cannot use {}: {}", directory.string(), failure.message())));
  return std::unique_ptr<CodeCache>(new CodeCache(store, disk, std::move(directory)));
}

fs::path CodeCache::new_path(const std::string& function_name, std::string_view digest) {
  return directory_ / function_name / fmt::format("{}.{}", crypto::to_hex(digest), ++made_);
}

Task<Result<Upload>> CodeCache::receive(std::string function_name, std::string_view base64) {
  co_return co_await disk_->run([this, function_name = std::move(function_name), base64]() -> Result<Upload> {
    auto package = crypto::base64_decode(base64);
    if (!package) return fail(errors::invalid_parameter("The deployment package is no valid base64."));
    std::string digest = crypto::digest(crypto::Digest::sha256, *package);
    const fs::path path = new_path(function_name, digest);
    TRY(unpack_at(*package, path));
    return Upload{.package = std::move(*package),
                  .digest = std::move(digest),
                  .code = std::make_shared<const UnpackedCode>(disk_->queue(), path)};
  });
}

void CodeCache::keep(const std::string& arn, const Upload& upload) { insert(arn, upload.digest, upload.code); }

Task<Result<CodePtr>> CodeCache::code_of(FunctionPtr function) {
  if (CodePtr code = find(*function)) co_return code;
  // Of all that ask for the same code at the same time one unpacks it.
  const auto lock = co_await unpacking_.lock();
  if (CodePtr code = find(*function)) co_return code;
  auto code = co_await disk_->run([this, function]() -> Result<CodePtr> {
    TRY_ASSIGN(const std::string package, read_package(*store_, *function));
    const fs::path path = new_path(function->name, function->code_digest);
    if (auto unpacked = unpack_at(package, path); !unpacked) {
      return fail(errors::invalid_zip_file(unpacked.error().message));
    }
    return std::make_shared<const UnpackedCode>(disk_->queue(), path);
  });
  if (code) insert(function->arn, function->code_digest, *code);
  co_return code;
}

CodePtr CodeCache::find(const FunctionRecord& function) {
  const auto found = by_arn_.find(function.arn);
  if (found == by_arn_.end() || found->second->digest != function.code_digest) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->code;
}

void CodeCache::insert(std::string arn, std::string digest, CodePtr code) {
  forget(arn);
  entries_.push_front({arn, std::move(digest), std::move(code)});
  by_arn_.emplace(std::move(arn), entries_.begin());
  if (entries_.size() > max_kept) forget(std::string(entries_.back().arn));
}

void CodeCache::forget(const std::string& arn) {
  const auto found = by_arn_.find(arn);
  if (found == by_arn_.end()) return;
  entries_.erase(found->second);
  by_arn_.erase(found);
}

}  // namespace stepwell::lambda
