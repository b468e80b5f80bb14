#include "services/batch/description.h"
#include "services/batch/operations/support.h"
#include "services/batch/records.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace stepwell::batch {
namespace {

constexpr std::int64_t usual_page = 100;
constexpr std::size_t most_looked_at = 10'000;  // for one page; the next one goes on from there
constexpr auto all_statuses = std::to_array({Status::submitted, Status::pending, Status::runnable, Status::starting,
                                             Status::running, Status::succeeded, Status::failed});

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

// Names know no case, and may end with *.
bool matches_name(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return lower(pattern) == lower(name);
  return lower(name).starts_with(lower(pattern.substr(0, pattern.size() - 1)));
}

// The definition of a job by its name, with or without the revision, or its ARN.
bool matches_definition(std::string_view wanted, std::string_view arn) {
  if (wanted.starts_with("arn:")) return wanted == arn;
  const std::string_view name = arn.substr(arn.rfind('/') + 1);
  return matches_name(wanted, wanted.contains(':') ? name : name.substr(0, name.rfind(':')));
}

std::optional<std::int64_t> millis_of(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

struct Filter {
  std::string_view name;
  std::span<const json::Value> values;

  bool lets_through(const Job& job, const json::Value& document) const {
    const std::int64_t created = job.created.time_since_epoch().count();
    return std::ranges::any_of(values, [&](const json::Value& value) {
      const std::string_view text = value.as_string();
      if (name == "JOB_NAME") return matches_name(text, text_of(document, "jobName"));
      if (name == "JOB_DEFINITION") return matches_definition(text, text_of(document, "jobDefinition"));
      const auto time = millis_of(text);
      if (name == "BEFORE_CREATED_AT") return time && created < *time;
      return time && created > *time;
    });
  }
};

Result<std::optional<Filter>> read_filter(const wire::Call& call) {
  const auto filters = elements_of(call.input, "filters");
  if (filters.empty()) return std::nullopt;
  const std::string_view name = text_of(filters.front(), "name");
  constexpr auto known =
      std::to_array<std::string_view>({"AFTER_CREATED_AT", "BEFORE_CREATED_AT", "JOB_DEFINITION", "JOB_NAME"});
  if (filters.size() > 1 || std::ranges::find(known, name) == known.end()) {
    return fail(
        errors::client("One filter can be given: JOB_NAME, JOB_DEFINITION, BEFORE_CREATED_AT or "
                       "AFTER_CREATED_AT."));
  }
  return Filter{.name = name, .values = elements_of(filters.front(), "values")};
}

// Whose jobs: a queue's, or the children of an array.
Result<std::string> read_owner(const Jobs& jobs, wire::Call& call) {
  if (call.has("multiNodeJobId")) return fail(errors::not_implemented("A multi-node parallel job"));
  if (call.has("jobQueue") == call.has("arrayJobId")) {
    return fail(errors::client("One of jobQueue, arrayJobId and multiNodeJobId must be specified."));
  }
  if (call.has("jobQueue")) {
    TRY_ASSIGN(const Found queue, find_queue(jobs, call, call.text("jobQueue")));
    return queue.place.arn();
  }
  const auto id = parse_job_id(call.text("arrayJobId"));
  if (!id) return fail(errors::job_not_found(call.text("arrayJobId")));
  return id->uuid;
}

// Jobs of some statuses, the newest first: each status has its rows in that order.
class Listing {
 public:
  Listing(const Ledger& ledger, const std::string& owner, std::span<const Status> statuses, std::string_view last) {
    for (const Status status : statuses) {
      const std::string prefix = list_prefix(owner, status);
      const std::string from = last.empty() ? prefix : prefix + std::string(last) + '\0';
      cursors_.push_back({prefix.size(), ledger.store().scan(store::Table::job_index, from, store::prefix_end(prefix),
                                                             store::Direction::forward)});
    }
  }

  // What is behind the status in the key of the next row, by which rows are ordered; nullopt: there is none.
  std::optional<std::pair<std::string, JobId>> next() {
    Rows* first = nullptr;
    for (Rows& rows : cursors_) {
      if (rows.cursor->valid() && (first == nullptr || rows.place() < first->place())) first = &rows;
    }
    if (first == nullptr) return std::nullopt;
    auto listed = read_listed(first->cursor->key());
    std::pair<std::string, JobId> row(first->place(), listed ? std::move(listed->id) : JobId{});
    first->cursor->next();
    return row;
  }

  Result<void> status() const {
    for (const Rows& rows : cursors_) TRY(rows.cursor->status());
    return {};
  }

 private:
  struct Rows {
    std::size_t prefix = 0;
    std::unique_ptr<store::Cursor> cursor;
    std::string_view place() const { return cursor->key().substr(prefix); }
  };
  std::vector<Rows> cursors_;
};

}  // namespace

Task<Result<wire::Reply>> list_jobs(Jobs& jobs, wire::Call& call) {
  CO_TRY_ASSIGN(const std::string owner, read_owner(jobs, call));
  CO_TRY_ASSIGN(const auto filter, read_filter(call));
  CO_TRY_ASSIGN(std::string last, read_token(call));
  const auto limit = static_cast<std::size_t>(
      std::clamp<std::int64_t>(call.integer("maxResults").value_or(usual_page), 1, usual_page));
  const Status wanted = status_of(call.text("jobStatus")).value_or(Status::running);
  const auto statuses = filter && filter->name != "" ? std::span<const Status>(all_statuses) : std::span(&wanted, 1);
  Listing listing(jobs.ledger, owner, statuses, last);
  std::vector<json::Value> page;
  bool more = false;
  for (std::size_t looked_at = 0; auto row = listing.next(); ++looked_at) {
    more = page.size() == limit || looked_at == most_looked_at;
    if (more) break;
    last = std::move(row->first);
    CO_TRY_ASSIGN(const auto job, jobs.ledger.find(row->second));
    CO_TRY_ASSIGN(const auto text, jobs.ledger.document(row->second.uuid));
    if (!job || !text) continue;
    const json::Value document = read_document(call.arena, *text);
    if (filter && !filter->lets_through(*job, document)) continue;
    page.push_back(summarize(call.arena, *job, document));
  }
  CO_TRY(listing.status());
  json::ObjectBuilder output(call.arena);
  output.add("jobSummaryList", json::make_array(call.arena, page));
  if (more) output.add("nextToken", token_of(last));
  co_return reply_with(output.build());
}

}  // namespace stepwell::batch
