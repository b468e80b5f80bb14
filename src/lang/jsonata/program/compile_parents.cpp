// Finding the step whose context a parent (%) means.
#include "base/error.h"
#include "lang/jsonata/program/compiler.h"

namespace stepwell::jsonata {

// Ancestors that stand in step `before` look among the steps before it, the last one first.
Compiler::Done Compiler::resolve(Draft& draft, const Seeking& seeking, std::size_t before) {
  for (Ancestor* const ancestor : seeking) {
    std::size_t left = before;
    while (ancestor->level > 0 && left > 0) {
      std::size_t at = --left;
      // Steps that bind their items one after the other have one context.
      while (left > 0 && draft.steps[at].focus != kNoColumn && draft.steps[left - 1].focus != kNoColumn) at = --left;
      TRY(seek(draft.steps[at], *ancestor));
    }
    if (ancestor->level > 0) draft.seeking.push_back(ancestor);
  }
  return {};
}

Compiler::Done Compiler::seek(Step& step, Ancestor& ancestor) {
  switch (step.node->kind) {
    case NodeKind::name:
    case NodeKind::wildcard:
      if (--ancestor.level == 0) found(step, ancestor);
      return {};
    case NodeKind::block: step.begins_rows = true; break;
    default: break;
  }
  return seek_inside(*step.node, ancestor);
}

Compiler::Done Compiler::seek_inside(const Node& node, Ancestor& ancestor) {
  switch (node.kind) {
    case NodeKind::wildcard: --ancestor.level; return {};
    case NodeKind::missing:
    case NodeKind::local: {
      const auto is_use = [&](const Ancestor& other) { return other.use == &node; };
      if (std::ranges::none_of(ancestors_, is_use)) break;
      ++ancestor.level;
      return {};
    }
    case NodeKind::block: {
      const auto& block = static_cast<const Block&>(node);
      return block.expressions.empty() ? Done() : seek_inside(*block.expressions.back(), ancestor);
    }
    case NodeKind::filter: return seek_inside(*static_cast<const Filter&>(node).source, ancestor);
    case NodeKind::path: {
      auto& path = const_cast<Path&>(static_cast<const Path&>(node));
      if (row_scopes_[&path] != rows_) break;
      path.yields_rows = true;
      for (std::size_t at = path.steps.size(); at-- > 0 && ancestor.level > 0;) TRY(seek(path.steps[at], ancestor));
      return {};
    }
    default: break;
  }
  return fail(Code::S0217, node.position);
}

// The step keeps its context in a column; one that is there already serves.
void Compiler::found(Step& step, Ancestor& ancestor) {
  if (rows_ == nullptr) return;
  step.begins_rows = true;
  if (step.ancestor == kNoColumn) {
    step.ancestor = rows_->unused.back() - rows_->variables.first;
    rows_->unused.pop_back();
  }
  const auto hops = ancestor.scope->hops_to(rows_->scope);
  if (!hops) return;
  ancestor.use->kind = NodeKind::local;
  ancestor.use->hops = *hops;
  ancestor.use->slot = rows_->variables.first + step.ancestor;
}

}  // namespace stepwell::jsonata
