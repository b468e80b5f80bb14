#include "lang/asl/compiler.h"
#include "lang/asl/error_handling.h"
#include "lang/asl/resource.h"
#include "lang/asl/states/state_kind.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

class Task final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    const Language& language = compiler.language();
    auto state = std::make_unique<Task>();
    TRY_ASSIGN(state->resource_, compile_resource(definition));
    TRY_ASSIGN(state->flow_, language.data_flow(definition, {definition, Outcome::result}));
    TRY_ASSIGN(state->arguments_, language.arguments(definition));
    TRY_ASSIGN(state->timeout_, language.setting(definition, "TimeoutSeconds"));
    TRY_ASSIGN(state->heartbeat_, language.setting(definition, "HeartbeatSeconds"));
    TRY_ASSIGN(state->credentials_, language.payload(definition, "Credentials"));
    TRY_ASSIGN(state->errors_, ErrorHandling::compile(compiler, definition));
    state->next_ = compiler.next(definition);
    return state;
  }

  // Entered anew for every attempt: everything is worked out again.
  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    CallTask call;
    call.resource = &resource_;
    call.arguments = input;
    if (arguments_) {
      TRY_ASSIGN(call.arguments, arguments_->evaluate(activation, input));
    }
    activation.inspect(Stage::arguments, call.arguments);
    TRY_ASSIGN(call.timeout_seconds, seconds(timeout_.get(), "TimeoutSeconds", activation, input));
    TRY_ASSIGN(call.heartbeat_seconds, seconds(heartbeat_.get(), "HeartbeatSeconds", activation, input));
    TRY_ASSIGN(call.role_arn, role_arn(activation, input));
    return call;
  }

  Evaluated<Step> resume(Activation& activation, const Answer& answer) const override {
    const json::Value& result = std::get<TaskResult>(answer).result;
    activation.inspect(Stage::result, result);
    return flow_->exit(activation, result, next_.target());
  }

  Evaluated<Recovery> recover(Activation& activation, const Failure& failure,
                              std::span<const std::uint32_t> retries) const override {
    return errors_.recover(activation, failure, retries, StateType::Task);
  }
  std::size_t retriers() const override { return errors_.retriers(); }
  const Resource* resource() const override { return &resource_; }

 private:
  static Result<Resource> compile_resource(const json::Value& definition) {
    const json::Value* text = definition.find("Resource");
    auto resource = text != nullptr && text->is_string() ? parse_resource(text->as_string()) : std::nullopt;
    if (!resource) return fail(invalid_definition("'Resource' is not the ARN of something a task can call"));
    return std::move(*resource);
  }

  static Evaluated<std::optional<std::int64_t>> seconds(const Setting* setting, std::string_view field,
                                                        Activation& activation, const json::Value& input) {
    if (setting == nullptr) return std::nullopt;
    TRY_ASSIGN(const std::int64_t seconds, setting->integer(activation, input));
    if (seconds > 0) return seconds;
    return std::unexpected(setting->refuse(fmt::format("{} must be a positive integer, but was {}.", field, seconds)));
  }

  Evaluated<std::optional<std::string_view>> role_arn(Activation& activation, const json::Value& input) const {
    if (!credentials_) return std::nullopt;
    TRY_ASSIGN(const json::Value credentials, credentials_->evaluate(activation, input));
    const json::Value* role = credentials.find("RoleArn");
    if (role != nullptr && role->is_string()) return role->as_string();
    return std::unexpected(credentials_->refuse("The value of the field 'RoleArn' in 'Credentials' must be a string."));
  }

  Resource resource_;
  std::unique_ptr<DataFlow> flow_;
  std::unique_ptr<Payload> arguments_;
  std::unique_ptr<Setting> timeout_;
  std::unique_ptr<Setting> heartbeat_;
  std::unique_ptr<Payload> credentials_;
  ErrorHandling errors_;
  Transition next_;
};

constexpr Field fields[] = {
    {"Resource", Languages::both, true},
    {"Next"},
    {"End"},
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"Parameters", Languages::jsonpath},
    {"ResultSelector", Languages::jsonpath},
    {"ResultPath", Languages::jsonpath},
    {"Arguments", Languages::jsonata},
    {"Output", Languages::jsonata},
    {"Assign"},
    {"TimeoutSeconds"},
    {"TimeoutSecondsPath", Languages::jsonpath},
    {"HeartbeatSeconds"},
    {"HeartbeatSecondsPath", Languages::jsonpath},
    {"Credentials"},
    {"Retry"},
    {"Catch"},
};

}  // namespace

const StateKind task_state{.name = "Task", .fields = fields, .compile = Task::compile};

}  // namespace stepwell::asl
