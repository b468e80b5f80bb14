#pragma once
// A text of a policy that may hold wildcards and policy variables: arn:aws:s3:::home/${aws:username}/*.
//
// ${key} is the value of a context key that has one value, ${key, 'other'} has a default, ${*}, ${?} and ${$} are the
// characters themselves. Variables are known since version 2012-10-17; before it they are plain text.

#include "lang/policy/context.h"
#include "lang/policy/glob.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::policy {

enum class Variables : std::uint8_t { replaced, plain };

class Pattern {
 public:
  Pattern(std::string_view text, Variables variables);

  const std::string& text() const { return text_; }
  // False where a variable has no value.
  bool matches(std::string_view value, Case letters, const Context& context, Budget& budget) const;
  // The text with its variables replaced, wildcards being plain characters; nullopt where a variable has no value.
  std::optional<std::string> expand(const Context& context) const;
  // The six parts of an ARN, each matched by itself: a wildcard does not reach over a colon before the resource.
  bool matches_arn(std::string_view arn, const Context& context, Budget& budget) const;

 private:
  struct Piece {
    enum class Kind : std::uint8_t { text, literal, variable } kind;
    std::string text;                      // or the key
    std::optional<std::string> otherwise;  // of a variable
  };
  void read(std::string_view text);
  std::optional<Glob> glob(const Context& context) const;

  std::string text_;
  std::vector<Piece> pieces_;   // where there are variables
  std::optional<Glob> simple_;  // where there are none
};

}  // namespace stepwell::policy
