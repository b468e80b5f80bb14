#include "lang/jsonata/picture/sub_picture.h"

#include <algorithm>
#include <optional>

namespace stepwell::jsonata {
namespace {

class SubPictureParser {
 public:
  SubPictureParser(std::u32string_view text, const DecimalFormat& format) : text_(text), format_(format) {}

  std::expected<SubPicture, Code> parse() {
    split();
    if (const auto code = check()) return std::unexpected(*code);
    return analyse();
  }

 private:
  bool is_digit(char32_t c) const { return c >= format_.zero_digit && c < format_.zero_digit + 10; }
  bool is_digit_or_optional(char32_t c) const { return is_digit(c) || c == format_.digit; }
  bool is_active(char32_t c) const {
    return is_digit_or_optional(c) || c == format_.decimal_separator || c == format_.grouping_separator ||
           c == format_.exponent_separator;
  }

  // An exponent separator neither begins nor ends what is active.
  void split() {
    const auto bounds = [&](char32_t c) { return is_active(c) && c != format_.exponent_separator; };
    const auto first = std::ranges::find_if(text_, bounds);
    if (first == text_.end()) {
      active_ = text_;
    } else {
      auto last = text_.end();
      while (!bounds(last[-1])) --last;
      const auto begin = static_cast<std::size_t>(first - text_.begin());
      const auto end = static_cast<std::size_t>(last - text_.begin());
      prefix_ = text_.substr(0, begin);
      active_ = text_.substr(begin, end - begin);
      suffix_ = text_.substr(end);
    }
    const std::size_t exponent = active_.find(format_.exponent_separator);
    mantissa_ = active_.substr(0, exponent);
    if (exponent != std::u32string_view::npos) exponent_ = active_.substr(exponent + 1);
    const std::size_t point = mantissa_.find(format_.decimal_separator);
    integer_ = mantissa_.substr(0, point);
    if (point != std::u32string_view::npos) fraction_ = mantissa_.substr(point + 1);
  }

  std::size_t occurrences(std::u32string_view what) const {
    std::size_t count = 0;
    if (what.empty()) return 0;
    for (std::size_t at = text_.find(what); at != std::u32string_view::npos; at = text_.find(what, at + what.size()))
      ++count;
    return count;
  }

  // Of several rules that are broken the last one is reported.
  std::optional<Code> check() const {
    const auto digit = [this](char32_t c) { return is_digit(c); };
    const auto grouping = format_.grouping_separator;
    std::optional<Code> broken;
    const std::size_t percents = occurrences(format_.percent);
    const std::size_t per_milles = occurrences(format_.per_mille);
    if (std::ranges::count(text_, format_.decimal_separator) > 1) broken = Code::D3081;
    if (percents > 1) broken = Code::D3082;
    if (per_milles > 1) broken = Code::D3083;
    if (percents > 0 && per_milles > 0) broken = Code::D3084;
    if (std::ranges::none_of(mantissa_, [this](char32_t c) { return is_digit_or_optional(c); })) broken = Code::D3085;
    if (!std::ranges::all_of(active_, [this](char32_t c) { return is_active(c); })) broken = Code::D3086;
    const std::size_t point = text_.find(format_.decimal_separator);
    if (point != std::u32string_view::npos) {
      const bool is_behind = point > 0 && text_[point - 1] == grouping;
      const bool is_before = point + 1 < text_.size() && text_[point + 1] == grouping;
      if (is_behind || is_before) broken = Code::D3087;
    } else if (integer_.ends_with(grouping)) {
      broken = Code::D3088;
    }
    const char32_t twice[] = {grouping, grouping};
    if (text_.contains(std::u32string_view(twice, 2))) broken = Code::D3089;
    const std::size_t optional = integer_.find(format_.digit);
    if (optional != std::u32string_view::npos && std::ranges::any_of(integer_.substr(0, optional), digit))
      broken = Code::D3090;
    const std::size_t last_optional = fraction_.rfind(format_.digit);
    if (last_optional != std::u32string_view::npos && std::ranges::any_of(fraction_.substr(last_optional), digit)) {
      broken = Code::D3091;
    }
    if (exponent_ && !exponent_->empty() && percents + per_milles > 0) broken = Code::D3092;
    if (exponent_ && (exponent_->empty() || !std::ranges::all_of(*exponent_, digit))) broken = Code::D3093;
    return broken;
  }

  std::size_t count_digits(std::u32string_view part) const {
    return static_cast<std::size_t>(std::ranges::count_if(part, [this](char32_t c) { return is_digit(c); }));
  }
  std::size_t count_all_digits(std::u32string_view part) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(part, [this](char32_t c) { return is_digit_or_optional(c); }));
  }

  SubPicture analyse() const {
    SubPicture made{.prefix = std::u32string(prefix_), .suffix = std::u32string(suffix_)};
    if (occurrences(format_.percent) > 0) made.scale = 100;
    if (occurrences(format_.per_mille) > 0) made.scale = 1000;
    made.has_point = text_.contains(format_.decimal_separator);
    made.has_exponent = exponent_.has_value();
    made.integer_digits = made.least_integer = count_digits(integer_);
    made.least_fraction = count_digits(fraction_);
    made.most_fraction = count_all_digits(fraction_);
    if (exponent_) made.exponent_digits = exponent_->size();
    if (made.least_integer == 0 && made.most_fraction == 0) {
      if (made.has_exponent) {
        made.least_fraction = made.most_fraction = 1;
      } else {
        made.least_integer = 1;
      }
    }
    if (made.has_exponent && made.least_integer == 0 && integer_.contains(format_.digit)) made.least_integer = 1;
    if (made.least_integer == 0 && made.least_fraction == 0) made.least_fraction = 1;
    for (std::size_t at = 0; at < integer_.size(); ++at) {
      if (integer_[at] == format_.grouping_separator)
        made.integer_groups.push_back(count_all_digits(integer_.substr(at)));
    }
    for (std::size_t at = 0; at < fraction_.size(); ++at) {
      if (fraction_[at] == format_.grouping_separator) {
        made.fraction_groups.push_back(count_all_digits(fraction_.substr(0, at)));
      }
    }
    return made;
  }

  std::u32string_view text_;
  const DecimalFormat& format_;
  std::u32string_view prefix_;
  std::u32string_view active_;
  std::u32string_view suffix_;
  std::u32string_view mantissa_;
  std::u32string_view integer_;
  std::u32string_view fraction_;
  std::optional<std::u32string_view> exponent_;
};

}  // namespace

std::expected<std::vector<SubPicture>, Code> parse_sub_pictures(std::u32string_view picture,
                                                                const DecimalFormat& format) {
  std::vector<std::u32string_view> texts;
  for (std::size_t begin = 0; begin <= picture.size();) {
    const std::size_t end = std::min(picture.find(format.pattern_separator, begin), picture.size());
    texts.push_back(picture.substr(begin, end - begin));
    begin = end + 1;
  }
  if (texts.size() > 2) return std::unexpected(Code::D3080);
  std::vector<SubPicture> pictures;
  for (const std::u32string_view text : texts) {
    auto parsed = SubPictureParser(text, format).parse();
    if (!parsed) return std::unexpected(parsed.error());
    pictures.push_back(std::move(*parsed));
  }
  return pictures;
}

}  // namespace stepwell::jsonata
