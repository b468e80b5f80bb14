#pragma once
// Unpacks a deployment package (zip) into a directory of its own. The package is not trusted: names that lead outside,
// links that point outside, devices and what is larger than AWS allows are refused, and nothing is followed while
// files are written.

#include "base/error.h"

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace stepwell::lambda {

struct UnpackLimits {
  std::uint64_t bytes = 262'144'000;  // of all files together, unpacked
  std::size_t entries = 100'000;      // files, links and directories, also those that only names imply
};

// `directory` must not exist yet; it is gone again after an error. Files can be read, and executed where the package
// says so, but not written. Errors: InvalidParameterValueException in AWS's words with ours beside, ServiceException
// when the disk refuses.
Result<void> unpack(std::string_view zip, const std::filesystem::path& directory, UnpackLimits limits = {});

}  // namespace stepwell::lambda
