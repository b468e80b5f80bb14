#pragma once
// Numbers that operators watch, and their text for Prometheus (exposition format 0.0.4).
//
//   metrics::Registry registry;
//   metrics::Counters& started = registry.counters("ExecutionsStarted", "Executions that began.", {"StateMachineArn"});
//   started.at({arn}).add();
//
// Counting is a load and a store of one number, without a lock: a counter has one writer at a time (the loop's thread;
// the page is made there too). Whoever counts often keeps the reference. The number of series of a family is bounded:
// label values beyond it count together, under "other".

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::metrics {

class Counter {
 public:
  void add(std::uint64_t amount = 1) { value_ += amount; }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

// How many observations are at or below each of some bounds.
class Histogram {
 public:
  // The bounds ascend and outlive the histogram.
  explicit Histogram(std::span<const double> bounds) : bounds_(bounds), counts_(bounds.size() + 1) {}
  void observe(double value);

  std::span<const double> bounds() const { return bounds_; }
  std::uint64_t count_at(std::size_t bound) const { return counts_[bound]; }  // above the bound before
  double sum() const { return sum_; }

 private:
  std::span<const double> bounds_;
  std::vector<std::uint64_t> counts_;  // the last one: above all bounds
  double sum_ = 0;
};

using LabelValues = std::initializer_list<std::string_view>;

class Family {
 public:
  static constexpr std::size_t max_series = 1'000;

  Family(std::string name, std::string help, std::vector<std::string> labels)
      : name_(std::move(name)), help_(std::move(help)), labels_(std::move(labels)) {}
  virtual ~Family() = default;
  virtual void append(std::string& text) const = 0;

 protected:
  void append_head(std::string& text, std::string_view type) const;
  // {StateMachineArn="…"}, values escaped.
  std::string label_text(LabelValues values) const;
  std::string others() const;  // of the series beyond the bound
  const std::string& name() const { return name_; }

 private:
  std::string name_, help_;
  std::vector<std::string> labels_;
};

template <typename Series>
class SeriesFamily : public Family {
 public:
  using Family::Family;
  // The reference holds as long as the registry.
  Series& at(LabelValues values) {
    std::string key = label_text(values);
    const auto found = series_.find(key);
    if (found != series_.end()) return *found->second;
    if (series_.size() >= max_series) key = others();
    auto& series = series_[key];
    if (!series) series = make();
    return *series;
  }

 protected:
  virtual std::unique_ptr<Series> make() const = 0;
  // In order of the labels, so that two pages of the same numbers are alike.
  std::vector<std::pair<std::string_view, const Series*>> sorted() const;

 private:
  std::unordered_map<std::string, std::unique_ptr<Series>> series_;
};

enum class Kind { counter, gauge };

class Counters final : public SeriesFamily<Counter> {
 public:
  Counters(Kind kind, std::string name, std::string help, std::vector<std::string> labels)
      : SeriesFamily(std::move(name), std::move(help), std::move(labels)), kind_(kind) {}
  void append(std::string& text) const override;

 private:
  const Kind kind_;
  std::unique_ptr<Counter> make() const override { return std::make_unique<Counter>(); }
};

class Histograms final : public SeriesFamily<Histogram> {
 public:
  Histograms(std::string name, std::string help, std::vector<std::string> labels, std::span<const double> bounds)
      : SeriesFamily(std::move(name), std::move(help), std::move(labels)), bounds_(bounds) {}
  void append(std::string& text) const override;

 private:
  std::unique_ptr<Histogram> make() const override { return std::make_unique<Histogram>(bounds_); }
  std::span<const double> bounds_;
};

class Registry {
 public:
  Counters& counters(std::string name, std::string help, std::vector<std::string> labels);
  // Facts about the program, as labels of a 1.
  Counters& facts(std::string name, std::string help, std::vector<std::string> labels);
  // The bounds outlive the registry.
  Histograms& histograms(std::string name, std::string help, std::vector<std::string> labels,
                         std::span<const double> bounds);
  // A number that is asked for when the page is made.
  void read(Kind kind, std::string name, std::string help, std::function<double()> value);

  // The whole page, families in the order of their making.
  std::string text() const;

 private:
  std::vector<std::unique_ptr<Family>> families_;
};

}  // namespace stepwell::metrics
