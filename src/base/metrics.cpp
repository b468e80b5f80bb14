#include "base/metrics.h"

#include "base/check.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::metrics {
namespace {

std::string_view name_of(Kind kind) { return kind == Kind::counter ? "counter" : "gauge"; }

class Reading final : public Family {
 public:
  Reading(Kind kind, std::string name, std::string help, std::function<double()> value)
      : Family(std::move(name), std::move(help), {}), kind_(kind), value_(std::move(value)) {}

  void append(std::string& text) const override {
    append_head(text, name_of(kind_));
    text += fmt::format("{} {}\n", name(), value_());
  }

 private:
  Kind kind_;
  std::function<double()> value_;
};

void append_escaped(std::string& text, std::string_view value) {
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
}

// {a="b"} and le="5" → {a="b",le="5"}
std::string with_bound(std::string_view labels, std::string_view bound) {
  if (labels.empty()) return fmt::format("{{le=\"{}\"}}", bound);
  return fmt::format("{},le=\"{}\"}}", labels.substr(0, labels.size() - 1), bound);
}

}  // namespace

void Histogram::observe(double value) {
  const auto bound = std::ranges::lower_bound(bounds_, value);
  ++counts_[static_cast<std::size_t>(bound - bounds_.begin())];
  sum_ += value;
}

void Family::append_head(std::string& text, std::string_view type) const {
  text += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name_, help_, type);
}

std::string Family::label_text(LabelValues values) const {
  CHECK(values.size() == labels_.size());
  if (labels_.empty()) return {};
  std::string text = "{";
  auto label = labels_.begin();
  for (const std::string_view value : values) {
    if (text.size() > 1) text += ',';
    text.append(*label++).append("=\"");
    append_escaped(text, value);
    text += '"';
  }
  return text + '}';
}

std::string Family::others() const {
  std::string text = "{";
  for (const std::string& label : labels_) text += fmt::format("{}{}=\"other\"", text.size() > 1 ? "," : "", label);
  return text + '}';
}

template <typename Series>
std::vector<std::pair<std::string_view, const Series*>> SeriesFamily<Series>::sorted() const {
  std::vector<std::pair<std::string_view, const Series*>> all;
  for (const auto& [labels, series] : series_) all.emplace_back(labels, series.get());
  std::ranges::sort(all);
  return all;
}

void Counters::append(std::string& text) const {
  append_head(text, name_of(kind_));
  for (const auto& [labels, counter] : sorted()) text += fmt::format("{}{} {}\n", name(), labels, counter->value());
}

void Histograms::append(std::string& text) const {
  append_head(text, "histogram");
  for (const auto& [labels, histogram] : sorted()) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bounds_.size(); ++i) {
      sum += histogram->count_at(i);
      text += fmt::format("{}_bucket{} {}\n", name(), with_bound(labels, fmt::format("{}", bounds_[i])), sum);
    }
    sum += histogram->count_at(bounds_.size());
    text += fmt::format("{0}_bucket{1} {2}\n{0}_sum{3} {4}\n{0}_count{3} {2}\n", name(), with_bound(labels, "+Inf"),
                        sum, labels, histogram->sum());
  }
}

Counters& Registry::counters(std::string name, std::string help, std::vector<std::string> labels) {
  auto family = std::make_unique<Counters>(Kind::counter, std::move(name), std::move(help), std::move(labels));
  Counters& made = *family;
  families_.push_back(std::move(family));
  return made;
}

Counters& Registry::facts(std::string name, std::string help, std::vector<std::string> labels) {
  auto family = std::make_unique<Counters>(Kind::gauge, std::move(name), std::move(help), std::move(labels));
  Counters& made = *family;
  families_.push_back(std::move(family));
  return made;
}

Histograms& Registry::histograms(std::string name, std::string help, std::vector<std::string> labels,
                                 std::span<const double> bounds) {
  auto family = std::make_unique<Histograms>(std::move(name), std::move(help), std::move(labels), bounds);
  Histograms& made = *family;
  families_.push_back(std::move(family));
  return made;
}

void Registry::read(Kind kind, std::string name, std::string help, std::function<double()> value) {
  families_.push_back(std::make_unique<Reading>(kind, std::move(name), std::move(help), std::move(value)));
}

std::string Registry::text() const {
  std::string text;
  for (const auto& family : families_) family->append(text);
  return text;
}

}  // namespace stepwell::metrics
