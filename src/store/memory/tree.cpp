#include "store/memory/tree.h"

#include <tuple>

namespace stepwell::store {

Tree::Link::Link(const Link& other) : node_(other.node_) {
  if (node_ != nullptr) node_->links.fetch_add(1, std::memory_order_relaxed);
}

Tree::Link::~Link() {
  if (node_ != nullptr && node_->links.fetch_sub(1, std::memory_order_acq_rel) == 1) delete node_;
}

Tree::Node& Tree::Link::own() {
  // Acquire: what a former holder on another thread read is behind us before the node changes.
  if (node_->links.load(std::memory_order_acquire) != 1) {
    auto copy = std::make_unique<Node>();
    copy->priority = node_->priority;
    copy->entry = node_->entry;
    copy->left = node_->left;
    copy->right = node_->right;
    *this = Link(copy.release());
  }
  return *node_;
}

// The keys below `key`, and the others.
std::pair<Tree::Link, Tree::Link> Tree::split(Link tree, std::string_view key) {
  if (!tree) return {};
  Node& node = tree.own();
  if (node.entry->key < key) {
    auto [below, rest] = split(std::move(node.right), key);
    node.right = std::move(below);
    return {std::move(tree), std::move(rest)};
  }
  auto [below, rest] = split(std::move(node.left), key);
  node.left = std::move(rest);
  return {std::move(below), std::move(tree)};
}

// Every key of `left` is below every key of `right`.
Tree::Link Tree::merge(Link left, Link right) {
  if (!left) return right;
  if (!right) return left;
  if (left->priority > right->priority) {
    Node& node = left.own();
    node.right = merge(std::move(node.right), std::move(right));
    return left;
  }
  Node& node = right.own();
  node.left = merge(std::move(left), std::move(node.left));
  return right;
}

void Tree::put(std::string_view key, std::string_view value) {
  auto entry = std::make_shared<const Entry>(std::string(key), std::string(value));
  if (find(key) == nullptr) {
    insert(std::move(entry));
    return;
  }
  Link* place = &root_;
  while (true) {
    Node& node = place->own();
    const auto order = key <=> std::string_view(node.entry->key);
    if (order == 0) {
      node.entry = std::move(entry);
      return;
    }
    place = order < 0 ? &node.left : &node.right;
  }
}

// The key is not there: the new node takes the place of the first one of lower priority, whose tree it splits.
void Tree::insert(std::shared_ptr<const Entry> entry) {
  auto added = std::make_unique<Node>();
  added->priority = priorities_.next();
  Link* place = &root_;
  while (*place && (*place)->priority >= added->priority) {
    Node& node = place->own();
    place = entry->key < node.entry->key ? &node.left : &node.right;
  }
  std::tie(added->left, added->right) = split(std::move(*place), entry->key);
  added->entry = std::move(entry);
  *place = Link(added.release());
}

void Tree::erase(std::string_view key) {
  if (find(key) == nullptr) return;
  Link* place = &root_;
  while (true) {
    Node& node = place->own();
    const auto order = key <=> std::string_view(node.entry->key);
    if (order == 0) {
      *place = merge(std::move(node.left), std::move(node.right));
      return;
    }
    place = order < 0 ? &node.left : &node.right;
  }
}

void Tree::erase_range(std::string_view from, std::string_view to) {
  if (!to.empty() && to <= from) return;
  auto [below, rest] = split(std::move(root_), from);
  Link above;
  if (!to.empty()) above = split(std::move(rest), to).second;
  root_ = merge(std::move(below), std::move(above));
}

std::shared_ptr<const Tree::Entry> Tree::find(std::string_view key) const {
  const Node* node = root_.get();
  while (node != nullptr) {
    const auto order = key <=> std::string_view(node->entry->key);
    if (order == 0) return node->entry;
    node = (order < 0 ? node->left : node->right).get();
  }
  return nullptr;
}

TreeWalk::TreeWalk(const Tree& tree, std::string_view from, std::string_view to, Direction direction)
    : root_(tree.root_), from_(from), to_(to), direction_(direction) {
  // Along the search for the first key of the range, those to visit later are remembered.
  const Tree::Node* node = root_.get();
  while (node != nullptr) {
    const std::string& key = node->entry->key;
    const bool beyond_start = direction_ == Direction::forward ? key >= from_ : to_.empty() || key < to_;
    if (beyond_start) path_.push_back(node);
    const bool left = (direction_ == Direction::forward) == beyond_start;
    node = (left ? node->left : node->right).get();
  }
}

const Tree::Entry* TreeWalk::entry() const {
  if (path_.empty()) return nullptr;
  const Tree::Entry& entry = *path_.back()->entry;
  return inside(entry) ? &entry : nullptr;
}

bool TreeWalk::inside(const Tree::Entry& entry) const { return entry.key >= from_ && (to_.empty() || entry.key < to_); }

void TreeWalk::next() {
  const Tree::Node* node = path_.back();
  path_.pop_back();
  descend((direction_ == Direction::forward ? node->right : node->left).get());
}

void TreeWalk::descend(const Tree::Node* node) {
  while (node != nullptr) {
    path_.push_back(node);
    node = (direction_ == Direction::forward ? node->left : node->right).get();
  }
}

}  // namespace stepwell::store
