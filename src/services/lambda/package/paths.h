#pragma once
// Which names in a deployment package may become files. The archive is not trusted: nothing may be written or pointed
// to outside the directory that it is unpacked into.

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::lambda {

// The name in plain form ("./a//b" → "a/b"; "" is the directory itself), or nullopt when it is absolute, climbs (".."),
// holds a zero byte, or is longer or deeper than a file system takes.
std::optional<std::string> plain_path(std::string_view name);

// Whether a symbolic link at `path` (in plain form) with this target stays inside. ".." may stand only at the target's
// front, where it climbs through real directories: behind another name it could climb from wherever that one leads.
bool link_stays_inside(std::string_view path, std::string_view target);

}  // namespace stepwell::lambda
