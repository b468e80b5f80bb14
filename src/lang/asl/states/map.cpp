#include "lang/asl/compiler.h"
#include "lang/asl/error_handling.h"
#include "lang/asl/item_activation.h"
#include "lang/asl/states/state_kind.h"
#include "lang/json/build.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// How many failures a Map tolerates and how many items it works on at a time.
class Limits {
 public:
  static Result<Limits> compile(const Language& language, const json::Value& state) {
    Limits limits;
    TRY_ASSIGN(limits.concurrency_, language.setting(state, "MaxConcurrency"));
    TRY_ASSIGN(limits.failures_, language.setting(state, "ToleratedFailureCount"));
    TRY_ASSIGN(limits.percentage_, language.setting(state, "ToleratedFailurePercentage"));
    return limits;
  }

  Evaluated<void> apply(Activation& activation, const json::Value& input, Fork& fork) const {
    TRY_ASSIGN(fork.concurrency, count(concurrency_.get(), "MaxConcurrency", activation, input));
    inspect(activation, Stage::max_concurrency, fork.concurrency);
    TRY_ASSIGN(fork.tolerated_failures, count(failures_.get(), "ToleratedFailureCount", activation, input));
    // A threshold that is not given is none beside the other one.
    if (failures_ && !percentage_) fork.tolerated_failure_percentage = 100;
    if (percentage_ && !failures_) fork.tolerated_failures = std::numeric_limits<std::uint32_t>::max();
    if (failures_) inspect(activation, Stage::tolerated_failure_count, fork.tolerated_failures);
    if (!percentage_) return {};
    TRY_ASSIGN(fork.tolerated_failure_percentage, percentage_->number(activation, input));
    if (!(fork.tolerated_failure_percentage >= 0 && fork.tolerated_failure_percentage <= 100)) {
      return std::unexpected(percentage_->refuse("ToleratedFailurePercentage must be between 0 and 100."));
    }
    inspect(activation, Stage::tolerated_failure_percentage, fork.tolerated_failure_percentage);
    return {};
  }

 private:
  static Evaluated<std::uint32_t> count(const Setting* setting, std::string_view field, Activation& activation,
                                        const json::Value& input) {
    if (setting == nullptr) return 0;
    TRY_ASSIGN(const std::int64_t number, setting->integer(activation, input));
    if (number < 0) return std::unexpected(setting->refuse(fmt::format("{} cannot be negative.", field)));
    return static_cast<std::uint32_t>(std::min<std::int64_t>(number, std::numeric_limits<std::uint32_t>::max()));
  }

  static void inspect(Activation& activation, Stage stage, double number) {
    if (activation.inspection() != nullptr) activation.inspect(stage, json::Value::real(activation.arena(), number));
  }

  std::unique_ptr<Setting> concurrency_;
  std::unique_ptr<Setting> failures_;
  std::unique_ptr<Setting> percentage_;
};

class Map final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    const Language& language = compiler.language();
    auto state = std::make_unique<Map>();
    const json::Value* processor = either(definition, "ItemProcessor", "Iterator");
    if (processor == nullptr) return fail(invalid_definition("'ItemProcessor' is missing"));
    if (compiler.purpose() == Purpose::execution) TRY(check_mode(*processor));
    TRY_ASSIGN(state->processor_, compiler.block(*processor));
    TRY_ASSIGN(state->flow_, language.data_flow(definition, {definition, Outcome::result}));
    state->reads_items_ = definition.find("ItemReader") != nullptr;
    TRY_ASSIGN(state->items_, language.items(definition));
    TRY_ASSIGN(state->limits_, Limits::compile(language, definition));
    // Parameters is the old name of ItemSelector.
    const bool selector = definition.find("ItemSelector") != nullptr;
    TRY_ASSIGN(state->selector_, language.payload(definition, selector ? "ItemSelector" : "Parameters"));
    TRY_ASSIGN(state->errors_, ErrorHandling::compile(compiler, definition));
    state->next_ = compiler.next(definition);
    return state;
  }

  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    TRY_ASSIGN(const json::Value items, find_items(activation, input));
    Fork fork{.count = static_cast<std::uint32_t>(items.size())};
    TRY(limits_.apply(activation, input, fork));
    if (auto* kept = activation.kept()) *kept = items;
    return fork;
  }

  Evaluated<Step> resume(Activation& activation, const Answer& answer) const override {
    // What a ResultWriter answers stands for the outputs that it has written.
    const auto* written = std::get_if<TaskResult>(&answer);
    const json::Value result = written != nullptr
                                   ? written->result
                                   : json::make_array(activation.arena(), std::get<ChildrenDone>(answer).outputs);
    return at_work(flow_->exit(activation, result, next_.target()));
  }

  Evaluated<Recovery> recover(Activation& activation, const Failure& failure,
                              std::span<const std::uint32_t> retries) const override {
    return errors_.recover(activation, failure, retries, StateType::Map);
  }
  std::size_t retriers() const override { return errors_.retriers(); }

  const Block* child_block(std::uint32_t) const override { return processor_.get(); }

  Evaluated<json::Value> child_input(Activation& activation, std::uint32_t index) const override {
    TRY_ASSIGN(const json::Value item, child_item(activation, index));
    if (!selector_) return item;
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    ItemActivation item_activation(activation, index, item);
    auto selected = selector_->evaluate(item_activation, input);
    if (selected) activation.inspect(Stage::item_selector, *selected);
    return selected;
  }

  Evaluated<json::Value> child_item(Activation& activation, std::uint32_t index) const override {
    auto* kept = activation.kept();
    if (kept != nullptr && *kept) return (*kept)->elements()[index];
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    TRY_ASSIGN(const json::Value items, find_items(activation, input));
    if (kept != nullptr) *kept = items;
    return items.elements()[index];
  }

 private:
  Evaluated<json::Value> find_items(Activation& activation, const json::Value& input) const {
    if (reads_items_) return activation.items_read();
    return items_->items(activation, input);
  }

  static const json::Value* either(const json::Value& definition, std::string_view field, std::string_view old_name) {
    const json::Value* value = definition.find(field);
    return value != nullptr ? value : definition.find(old_name);
  }

  static Result<void> check_mode(const json::Value& processor) {
    const json::Value* config = processor.find("ProcessorConfig");
    const json::Value* mode = config == nullptr ? nullptr : config->find("Mode");
    if (mode == nullptr || !mode->is_string() || mode->as_string() != "DISTRIBUTED") return {};
    return fail(invalid_definition("the processing mode DISTRIBUTED is not available yet"));
  }

  std::unique_ptr<Block> processor_;
  std::unique_ptr<DataFlow> flow_;
  bool reads_items_ = false;
  std::unique_ptr<Items> items_;
  Limits limits_;
  std::unique_ptr<Payload> selector_;
  ErrorHandling errors_;
  Transition next_;
};

constexpr Field fields[] = {
    {"Next"},
    {"End"},
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"ItemsPath", Languages::jsonpath},
    {"Items", Languages::jsonata},
    {"ItemSelector"},
    {"Parameters", Languages::jsonpath},
    {"ItemProcessor"},
    {"Iterator"},
    {"ItemReader"},
    {"ItemBatcher"},
    {"ResultWriter"},
    {"Label"},
    {"MaxConcurrency"},
    {"MaxConcurrencyPath", Languages::jsonpath},
    {"ToleratedFailureCount"},
    {"ToleratedFailureCountPath", Languages::jsonpath},
    {"ToleratedFailurePercentage"},
    {"ToleratedFailurePercentagePath", Languages::jsonpath},
    {"ResultSelector", Languages::jsonpath},
    {"ResultPath", Languages::jsonpath},
    {"Output", Languages::jsonata},
    {"Assign"},
    {"Retry"},
    {"Catch"},
};

}  // namespace

const StateKind map_state{.name = "Map", .fields = fields, .compile = Map::compile};

}  // namespace stepwell::asl
