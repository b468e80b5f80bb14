#pragma once
// What arguments a function takes, as "<s-nn?:s>": one letter for each parameter (s n b l o a f, x any, j any but a
// function, (sn) one of them, a<n> an array of numbers), '?' optional, '+' one or more, '-' taken from the context when
// it is not given. What stands behind ':' is documentation.

#include "lang/jsonata/failure.h"
#include "lang/jsonata/value/memory.h"
#include "lang/jsonata/value/value.h"

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

class Signature {
 public:
  struct ParseFailure {
    Code code;
    std::size_t offset;  // in the text
  };
  static std::expected<Signature, ParseFailure> parse(std::string_view text);

  // Whether the arguments are right as they are: one for each parameter, nothing to be filled in.
  bool accepts(std::span<const Value> arguments) const;

  struct Mismatch {
    Code code;
    std::size_t argument;   // from 1
    std::string_view type;  // of T0412
  };
  // The arguments with the context where it is meant, and with arrays around what is to be one.
  std::expected<std::vector<Value>, Mismatch> fit(Memory& memory, std::span<const Value> arguments,
                                                  const Value& context) const;

 private:
  enum class Times : std::uint8_t { once, optional, many };
  struct Parameter {
    std::uint16_t types = 0;
    Times times = Times::once;
    bool is_array = false;  // what is no array becomes one
    bool is_context = false;
    bool takes_types = false;  // may be followed by <…>
    char element = '\0';       // what the array holds; NUL: anything
    bool is_single_element = false;
  };

  bool match(std::span<const Value> arguments, std::vector<std::size_t>& counts) const;
  Mismatch mismatch(std::span<const Value> arguments) const;
  bool array_fits(const Parameter& parameter, const Value& argument) const;

  std::vector<Parameter> parameters_;
};

}  // namespace stepwell::jsonata
