#include "server/config/settings_file.h"

#include "lang/asl/validation/nearest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>
#include <vector>
#include <yaml-cpp/yaml.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr std::string_view endpoints_key = "endpoints";

// Members of an endpoint that are texts.
struct TextMember {
  std::string_view key;
  std::string EndpointOptions::* member;
};
constexpr auto endpoint_texts = std::to_array<TextMember>({{"access-key", &EndpointOptions::access_key},
                                                           {"profile", &EndpointOptions::profile},
                                                           {"region", &EndpointOptions::region},
                                                           {"secret-key", &EndpointOptions::secret_key},
                                                           {"session-token", &EndpointOptions::session_token},
                                                           {"url", &EndpointOptions::url}});
constexpr auto endpoint_keys = std::to_array<std::string_view>(
    {"access-key", "profile", "region", "secret-key", "session-token", "timeout-seconds", "url"});

std::vector<std::pair<YAML::Node, YAML::Node>> entries(const YAML::Node& map) { return {map.begin(), map.end()}; }

class Reader {
 public:
  Reader(const std::string& path, std::span<const std::string_view> known, const Environment& environment)
      : path_(path), known_(known.begin(), known.end()), environment_(environment) {
    known_.push_back(endpoints_key);
  }

  Result<Settings> read(const YAML::Node& root) {
    Settings settings;
    if (root.IsNull()) return settings;
    TRY(check_map(root, "the settings", known_));
    for (const auto& [key, value] : entries(root)) {
      if (key.Scalar() == endpoints_key) {
        TRY_ASSIGN(settings.endpoints, endpoints(value));
      } else {
        TRY_ASSIGN(settings.options.emplace_back(), option(key.Scalar(), value));
      }
    }
    return settings;
  }

  std::string place_of(const YAML::Mark& mark) const {
    return fmt::format("{}:{}:{}", path_, mark.line + 1, mark.column + 1);
  }
  std::unexpected<Error> refuse(const YAML::Mark& mark, std::string_view why) const {
    return fail({.code = "InvalidConfiguration", .message = fmt::format("{}: {}", place_of(mark), why), .detail = {}});
  }

 private:
  // Names as keys, each once, and known where there is anything to be known.
  Result<void> check_map(const YAML::Node& node, std::string_view what, std::span<const std::string_view> known) const {
    if (!node.IsMap()) return refuse(node.Mark(), fmt::format("{} are no map of names to values", what));
    std::set<std::string, std::less<>> seen;
    for (const auto& [key, value] : entries(node)) {
      if (!key.IsScalar()) return refuse(key.Mark(), "a name is expected here");
      const std::string& name = key.Scalar();
      if (!seen.insert(name).second) return refuse(key.Mark(), fmt::format("'{}' is given twice", name));
      if (known.empty() || std::ranges::find(known, name) != known.end()) continue;
      const std::string hint = asl::validation::did_you_mean(name, known);
      return refuse(key.Mark(), fmt::format("there is no setting '{}'{}{}", name, hint.empty() ? "" : "; ", hint));
    }
    return {};
  }

  Result<Setting> option(const std::string& name, const YAML::Node& value) const {
    Setting setting{.name = name, .place = place_of(value.Mark())};
    if (!value.IsSequence()) {
      TRY_ASSIGN(setting.values.emplace_back(), text(name, value));
      return setting;
    }
    for (const YAML::Node& each : value) {
      TRY_ASSIGN(setting.values.emplace_back(), text(name, each));
    }
    return setting;
  }

  Result<std::vector<EndpointOptions>> endpoints(const YAML::Node& node) const {
    std::vector<EndpointOptions> all;
    if (node.IsNull()) return all;
    TRY(check_map(node, "endpoints", {}));
    for (const auto& [key, value] : entries(node)) {
      TRY_ASSIGN(all.emplace_back(), endpoint(key.Scalar(), value));
      if (all.back().url.empty()) return refuse(value.Mark(), fmt::format("'{}' has no url", key.Scalar()));
    }
    return all;
  }

  Result<EndpointOptions> endpoint(const std::string& service, const YAML::Node& node) const {
    EndpointOptions made{.service = service, .place = place_of(node.Mark())};
    if (node.IsScalar()) {
      TRY_ASSIGN(made.url, text(service, node));
      return made;
    }
    TRY(check_map(node, service, endpoint_keys));
    for (const auto& [key, value] : entries(node)) {
      TRY_ASSIGN(const std::string given, text(key.Scalar(), value));
      const auto named = std::ranges::find(endpoint_texts, key.Scalar(), &TextMember::key);
      if (named != endpoint_texts.end()) {
        made.*named->member = given;
        continue;
      }
      const auto [end, failure] = std::from_chars(given.data(), given.data() + given.size(), made.timeout_seconds);
      if (failure != std::errc() || end != given.data() + given.size() || made.timeout_seconds == 0 ||
          made.timeout_seconds > 3600)
        return refuse(value.Mark(), "timeout-seconds is a number from 1 to 3600");
    }
    return made;
  }

  Result<std::string> text(std::string_view name, const YAML::Node& value) const {
    if (!value.IsScalar()) return refuse(value.Mark(), fmt::format("'{}' is one value, or a list of values", name));
    const std::string& written = value.Scalar();
    std::string read;
    for (std::size_t at = 0; at < written.size();) {
      const std::string_view rest = std::string_view(written).substr(at);
      if (rest.starts_with("$${")) {
        read += "${";
        at += 3;
      } else if (rest.starts_with("${")) {
        const std::size_t end = rest.find('}');
        if (end == std::string_view::npos) return refuse(value.Mark(), "'${' has no '}'");
        const std::string variable(rest.substr(2, end - 2));
        const auto found = environment_(variable);
        if (!found) return refuse(value.Mark(), fmt::format("the environment has no variable '{}'", variable));
        read += *found;
        at += end + 1;
      } else {
        read += written[at++];
      }
    }
    return read;
  }

  const std::string& path_;
  std::vector<std::string_view> known_;
  const Environment& environment_;
};

}  // namespace

Result<Settings> read_settings(const std::string& path, std::string_view text, std::span<const std::string_view> known,
                               const Environment& environment) {
  Reader reader(path, known, environment);
  try {
    return reader.read(YAML::Load(std::string(text)));
  } catch (const YAML::Exception& problem) {
    return reader.refuse(problem.mark, problem.msg);
  }
}

}  // namespace stepwell::server
