// How a Map state reads, batches, runs and writes its items (spec §1.10).
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

using Names = std::array<std::string_view, 2>;

constexpr Names modes = {"INLINE", "DISTRIBUTED"};
constexpr Names execution_types = {"STANDARD", "EXPRESS"};
constexpr Names manifest_types = {"S3_INVENTORY", "ATHENA_DATA"};
constexpr Names header_locations = {"FIRST_ROW", "GIVEN"};
constexpr Names reader_transformations = {"NONE", "LOAD_AND_FLATTEN"};
constexpr Names output_types = {"JSON", "JSONL"};
constexpr std::array<std::string_view, 3> writer_transformations = {"NONE", "COMPACT", "FLATTEN"};
constexpr std::array<std::string_view, 5> input_types = {"CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"};
constexpr std::array<std::string_view, 5> delimiters = {"COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"};

constexpr ValueShape text = {.type = ValueType::string};
constexpr ValueShape object = {.type = ValueType::object};
constexpr ValueShape word(std::span<const std::string_view> words) {
  return {.type = ValueType::string, .one_of = words};
}
constexpr ValueShape count(std::optional<double> maximum) {
  return {.type = ValueType::integer, .minimum = 0, .maximum = maximum, .computable = true};
}

constexpr auto config_fields = std::to_array<FieldShape>({
    {.name = "Mode", .value = word(modes)},
    {.name = "ExecutionType", .value = word(execution_types)},
});
constexpr auto reader_fields = std::to_array<FieldShape>({
    {.name = "Resource", .value = text, .required = true},
    {.name = "Parameters", .languages = Languages::jsonpath},
    {.name = "Arguments", .languages = Languages::jsonata},
    {.name = "ReaderConfig", .value = object},
});
constexpr auto reader_config_fields = std::to_array<FieldShape>({
    {.name = "InputType", .value = word(input_types)},
    {.name = "ManifestType", .value = word(manifest_types)},
    {.name = "Transformation", .value = word(reader_transformations)},
    {.name = "ItemsPointer", .value = text},
    {.name = "CSVDelimiter", .value = word(delimiters)},
    {.name = "CSVHeaderLocation", .value = word(header_locations)},
    {.name = "CSVHeaders", .value = {.type = ValueType::array}},
    {.name = "MaxItems", .value = count(100'000'000)},
    {.name = "MaxItemsPath", .value = text, .languages = Languages::jsonpath},
});
constexpr auto batcher_fields = std::to_array<FieldShape>({
    {.name = "MaxItemsPerBatch", .value = count({})},
    {.name = "MaxItemsPerBatchPath", .value = text, .languages = Languages::jsonpath},
    {.name = "MaxInputBytesPerBatch", .value = count(262'144)},
    {.name = "MaxInputBytesPerBatchPath", .value = text, .languages = Languages::jsonpath},
    {.name = "BatchInput"},
});
constexpr auto writer_fields = std::to_array<FieldShape>({
    {.name = "Resource", .value = text},
    {.name = "Parameters", .languages = Languages::jsonpath},
    {.name = "Arguments", .languages = Languages::jsonata},
    {.name = "WriterConfig", .value = object},
});
constexpr auto writer_config_fields = std::to_array<FieldShape>({
    {.name = "OutputType", .value = word(output_types)},
    {.name = "Transformation", .value = word(writer_transformations)},
});

constexpr std::array<std::string_view, 2> reader_resources = {"s3:getObject", "s3:listObjectsV2"};
constexpr std::array<std::string_view, 1> writer_resources = {"s3:putObject"};

// What only distributed Map states have.
constexpr auto distributed_fields = std::to_array<std::string_view>({"ItemReader", "ItemBatcher", "ResultWriter"});

bool is_text(const json::Value* value, std::string_view expected) {
  return value != nullptr && value->is_string() && value->as_string() == expected;
}

struct Checker {
  const StateNode& state;
  Findings& findings;

  void check_config(const json::Value& config, const Place& place) const {
    if (!check_object(config_fields, config, place, state.language, findings)) return;
    const bool distributed = is_text(config.find("Mode"), "DISTRIBUTED");
    const bool typed = config.find("ExecutionType") != nullptr;
    if (distributed && !typed) {
      constexpr std::array<std::string_view, 1> missing = {"ExecutionType"};
      report_missing(missing, place, findings);
    } else if (!distributed && typed) {
      report_unsupported("ExecutionType", place, {}, findings).hint = "it goes with the mode DISTRIBUTED";
    }
  }

  void check_resource(const json::Value& owner, std::span<const std::string_view> allowed, const Place& place) const {
    const json::Value* resource = owner.find("Resource");
    if (resource == nullptr || !resource->is_string()) return;
    const std::string_view arn = resource->as_string();
    const bool known = arn.starts_with("arn:") && std::ranges::any_of(allowed, [&](std::string_view name) {
                         return arn.ends_with(fmt::format(":states:::{}", name));
                       });
    if (known) return;
    findings.schema_error(place / "Resource", "The field 'Resource' does not match any of the allowed values").hint =
        fmt::format("one of arn:aws:states:::{}", fmt::join(allowed, ", arn:aws:states:::"));
  }

  void check_number_path(const json::Value& owner, std::string_view field, const Place& place) const {
    const std::string path_field = fmt::format("{}Path", field);
    const std::array<std::string_view, 2> pair = {field, path_field};
    check_exclusive(pair, false, owner, place, findings);
    if (state.language != QueryLanguage::jsonpath) return;
    check_path(owner.find(path_field), PathForm::reference, place / path_field, findings);
  }

  void check_reader(const json::Value& reader, const Place& place) const {
    if (!check_object(reader_fields, reader, place, state.language, findings)) return;
    check_resource(reader, reader_resources, place);
    const json::Value* config = reader.find("ReaderConfig");
    if (config == nullptr || !config->is_object()) return;
    const Place within = place / "ReaderConfig";
    check_object(reader_config_fields, *config, within, state.language, findings);
    check_number_path(*config, "MaxItems", within);
    check_headers(*config, within);
  }

  void check_headers(const json::Value& config, const Place& place) const {
    const json::Value* location = config.find("CSVHeaderLocation");
    const json::Value* type = config.find("InputType");
    if (is_text(type, "CSV") && location == nullptr) {
      findings.schema_error(place, "The field 'CSVHeaderLocation' is required");
    } else if (type != nullptr && !is_text(type, "CSV") && location != nullptr) {
      report_unsupported("CSVHeaderLocation", place, {}, findings).hint = "it goes with the input type CSV";
    }
    if (is_text(location, "GIVEN") && config.find("CSVHeaders") == nullptr) {
      constexpr std::array<std::string_view, 1> missing = {"CSVHeaders"};
      report_missing(missing, place, findings);
    }
  }

  void check_batcher(const json::Value& batcher, const Place& place) const {
    if (!check_object(batcher_fields, batcher, place, state.language, findings)) return;
    check_number_path(batcher, "MaxItemsPerBatch", place);
    check_number_path(batcher, "MaxInputBytesPerBatch", place);
  }

  void check_writer(const json::Value& writer, const Place& place) const {
    if (!check_object(writer_fields, writer, place, state.language, findings)) return;
    check_resource(writer, writer_resources, place);
    const json::Value* config = writer.find("WriterConfig");
    if (config == nullptr || !config->is_object()) return;
    check_object(writer_config_fields, *config, place / "WriterConfig", state.language, findings);
  }
};

void check(const StateNode& state, const Document&, Findings& findings) {
  if (!state.is(map_state)) return;
  const Checker checker = {.state = state, .findings = findings};
  bool distributed = false;
  for (const std::string_view field : {"ItemProcessor", "Iterator"}) {
    const json::Value* processor = state.find(field);
    const json::Value* config = processor != nullptr ? processor->find("ProcessorConfig") : nullptr;
    if (config == nullptr) continue;
    checker.check_config(*config, state.place / field / "ProcessorConfig");
    distributed = distributed || is_text(config->find("Mode"), "DISTRIBUTED");
  }
  for (const std::string_view field : distributed_fields) {
    if (distributed || state.find(field) == nullptr) continue;
    report_unsupported(field, state.place, {}, findings).hint = "it goes with the mode DISTRIBUTED";
  }
  const json::Value* items = state.takes("Items") ? state.find("Items") : nullptr;
  if (items != nullptr && !items->is_object()) {
    constexpr ValueShape list = {.type = ValueType::array, .computable = true};
    check_value(list, *items, state.place / "Items", state.language, findings);
  }
  const auto part = [&](std::string_view field) -> const json::Value* {
    const json::Value* value = state.find(field);
    return value != nullptr && value->is_object() ? value : nullptr;
  };
  if (const json::Value* reader = part("ItemReader")) checker.check_reader(*reader, state.place / "ItemReader");
  if (const json::Value* batcher = part("ItemBatcher")) checker.check_batcher(*batcher, state.place / "ItemBatcher");
  if (const json::Value* writer = part("ResultWriter")) checker.check_writer(*writer, state.place / "ResultWriter");
}

}  // namespace

const Rule iterations_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
