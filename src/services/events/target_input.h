#pragma once
// What a target is given of an event: all of it, a part (InputPath), a constant (Input), or a text that is put together
// from parts (InputTransformer).
//
// In a template, <name> stands for a part. Inside quotation marks a text stands without its own, and other values as
// their JSON; outside of them everything is JSON. A part that the event does not have is null there, and nothing
// inside.

#include "base/error.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "lang/jsonpath/path.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::events {

struct Occasion {
  json::Value event;
  std::string_view text;  // of the event
  std::string_view rule_arn, rule_name;
  Timestamp now{};
};

class TargetInput {
 public:
  // `target` is of the shape Target. Error "ValidationException".
  static Result<TargetInput> compile(const json::Value& target);
  std::string render(json::Arena& arena, const Occasion& occasion) const;

 private:
  struct Piece {
    std::string text;      // as it is
    std::string variable;  // empty: none follows the text
    bool in_quotes = false;
  };
  static std::vector<Piece> split(std::string_view text);
  std::optional<json::Value> part(json::Arena& arena, std::string_view variable, const Occasion& occasion) const;
  Result<void> read_transformer(const json::Value& transformer, std::string_view id);

  std::optional<std::string> constant_;
  std::shared_ptr<const jsonpath::Path> path_;
  std::vector<std::pair<std::string, std::shared_ptr<const jsonpath::Path>>> parts_;
  std::vector<Piece> template_;
  bool is_object_ = false;  // the template is a JSON object or array
};

}  // namespace stepwell::events
