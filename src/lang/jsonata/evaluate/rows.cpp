#include "lang/jsonata/evaluate/rows.h"

#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/value/truth.h"

#include <algorithm>
#include <cmath>

namespace stepwell::jsonata {

Rows* Evaluator::new_rows(std::uint32_t columns) {
  auto* const rows = make<Rows>();
  rows->width = columns + 1;
  return rows;
}

// A copy of the row, which is `width` values.
void Evaluator::add_row(Rows& rows, const Value* row) {
  if (!memory_.charge(rows.width * sizeof(Value))) return;
  if (rows.count == rows.capacity) {
    const std::uint32_t capacity = std::max(8U, rows.capacity * 2);
    memory_.charge(capacity * sizeof(Value*));
    Value** const room = memory_.arena().make_array<Value*>(capacity).data();
    std::copy_n(rows.rows, rows.count, room);
    rows.rows = room;
    rows.capacity = capacity;
  }
  Value* const copy = memory_.arena().make_array<Value>(rows.width).data();
  std::copy_n(row, rows.width, copy);
  rows.rows[rows.count++] = copy;
}

// Makes a row's columns the variables in reach. Where functions may hold on to them they get a frame for each row.
void Evaluator::load(const Path& path, const Value* row) {
  const Variables& variables = path.variables;
  if (variables.frame != nullptr) frame_ = new_frame(frame_->parent, variables.frame->slots);
  std::copy_n(row + 1, variables.count, frame_->slots + variables.first);
}

Value Evaluator::rows_path(const Path& path, const Value& context) {
  if (depth_ + 1 > limits_.depth) return fail(Code::U1001, path.position);
  const Variables& variables = path.variables;
  Frame* const outer = frame_;
  std::vector<Value> before;
  if (path.opens_rows && variables.frame != nullptr) {
    frame_ = new_frame(outer, variables.frame->slots);
  } else {
    Value* const slots = frame_->slots + variables.first;
    before.assign(slots, slots + variables.count);
    if (path.opens_rows) std::fill_n(slots, variables.count, Value::unbound());
  }
  const Value result = walk_rows(path, context);
  frame_ = outer;
  if (variables.frame == nullptr) std::ranges::copy(before, frame_->slots + variables.first);
  return result;
}

// Steps without rows up to the first one that begins them, then with rows to the end.
Value Evaluator::walk_rows(const Path& path, const Value& context) {
  Value current = context;
  bool is_many = context.is_array() && !path.is_absolute;
  Rows* rows = nullptr;
  bool has_rows = false;
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    const Step& step = path.steps[i];
    has_rows |= step.begins_rows;
    if (step.is_constructor) {
      current = evaluate(*step.node, as_list(current));
      for (const Stage& stage : step.stages) {
        if (!current.is_failure()) current = settle(select(stage, current), false);
      }
      if (current.is_failure()) return current;
      if (!current.is_array()) return finish_path(path, {});
      if (current.size() == 0) break;
      is_many = true;
      continue;
    }
    if (!has_rows) {
      current = this->step(step, current, is_many, i + 1 == path.steps.size());
      if (current.is_failure()) return current;
      if (current.is_undefined() || (current.is_array() && current.size() == 0)) break;
      is_many = current.is_array() && current.is_sequence();
      continue;
    }
    if (rows == nullptr && step.node->kind == NodeKind::sort) {
      current = is_many ? current : memory_.array({current});
      is_many = true;
      current = sort(static_cast<const Sort&>(*step.node), current);
      if (current.is_failure()) return current;
      rows = first_rows(path, current, current.is_array());
      number_rows(step.index, *rows);
    } else {
      if (rows == nullptr) rows = first_rows(path, current, is_many);
      rows = rows_step(path, step, *rows);
    }
    for (const Stage& stage : step.stages) {
      if (rows != nullptr) rows = select_rows(path, stage, rows);
    }
    if (rows == nullptr) return Value::failure();
  }
  if (!has_rows) return finish_path(path, current);
  if (rows == nullptr) rows = first_rows(path, current, is_many);
  if (path.group != nullptr) return group_rows(path, *rows);
  if (path.yields_rows) return Value::rows(rows);
  Collector contexts(*this);
  for (std::size_t i = 0; i < rows->size(); ++i) contexts.push(rows->row(i)[0]);
  const Value result = contexts.sequence();
  return path.keeps_singleton ? result.keeping_singleton() : result;
}

void Evaluator::number_rows(std::uint32_t column, Rows& rows) {
  if (column == kNoColumn) return;
  for (std::size_t i = 0; i < rows.size(); ++i) rows.row(i)[1 + column] = Value::number(static_cast<double>(i));
}

Rows* Evaluator::first_rows(const Path& path, const Value& current, bool is_many) {
  Rows* const rows = new_rows(path.variables.count);
  std::vector<Value> row(rows->width);
  std::copy_n(frame_->slots + path.variables.first, path.variables.count, row.data() + 1);
  const std::size_t size = is_many ? current.size() : 1;
  for (std::size_t i = 0; i < size; ++i) {
    row[0] = is_many ? current.element(i) : current;
    add_row(*rows, row.data());
  }
  return rows;
}

// nullptr: failed
Rows* Evaluator::rows_step(const Path& path, const Step& step, const Rows& rows) {
  if (step.node->kind == NodeKind::sort) return sort_rows(path, static_cast<const Sort&>(*step.node), rows);
  Rows* const next = new_rows(path.variables.count);
  std::vector<Value> row(rows.width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Value* const before = rows.row(i);
    load(path, before);
    const Value value = evaluate(*step.node, before[0]);
    if (value.is_failure()) return nullptr;
    if (value.is_undefined()) continue;
    const std::size_t size = value.is_rows() ? value.as_rows().size() : value.is_array() ? value.size() : 1;
    for (std::size_t k = 0; k < size; ++k) {
      if (value.is_rows()) {
        add_row(*next, value.as_rows().row(k));
        continue;
      }
      std::copy_n(before, rows.width, row.data());
      const Value item = value.is_array() ? value.element(k) : value;
      if (step.focus != kNoColumn) {
        row[1 + step.focus] = item;
      } else {
        row[0] = item;
      }
      if (step.index != kNoColumn) row[1 + step.index] = Value::number(static_cast<double>(k));
      if (step.ancestor != kNoColumn) row[1 + step.ancestor] = before[0];
      add_row(*next, row.data());
    }
  }
  return next;
}

Rows* Evaluator::select_rows(const Path& path, const Stage& stage, Rows* rows) {
  if (stage.filter == nullptr) {
    number_rows(stage.column, *rows);
    return rows;
  }
  const Node& predicate = *stage.filter;
  Rows* const chosen = new_rows(path.variables.count);
  const std::size_t size = rows->size();
  const bool is_literal =
      predicate.kind == NodeKind::constant && static_cast<const Constant&>(predicate).value.is_number();
  for (std::size_t i = 0; i < size; ++i) {
    load(path, rows->row(i));
    const Value verdict =
        is_literal ? static_cast<const Constant&>(predicate).value : evaluate(predicate, rows->row(i)[0]);
    if (verdict.is_failure()) return nullptr;
    const bool is_list = verdict.is_array() && is_number_list(verdict);
    for (std::size_t k = 0; k < (is_list ? verdict.size() : 1); ++k) {
      const auto is_chosen = selects(is_list ? verdict.element(k) : verdict, i, size, predicate.position);
      if (!is_chosen) return nullptr;
      if (*is_chosen) add_row(*chosen, rows->row(i));
    }
  }
  return chosen;
}

}  // namespace stepwell::jsonata
