#pragma once
// An ordered map of bytes whose copy costs one reference: copies share their nodes, and a change copies only the nodes
// on its path that are shared. A copy is therefore a snapshot, and without one a change is made in place.
//
// It is a treap: a search tree by key and a heap by a random priority, which keeps it balanced (expected depth
// 2 ln n) whatever the order of the keys, and splits and merges in one walk, so a range is erased in O(log n).
//
// One thread changes a tree at a time; copies may be read, copied and dropped by other threads meanwhile.

#include "base/ports.h"
#include "store/store.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::store {

class Tree {
 public:
  struct Entry {
    std::string key;
    std::string value;
  };

  void put(std::string_view key, std::string_view value);
  void erase(std::string_view key);
  void erase_range(std::string_view from, std::string_view to);  // [from, to); an empty `to` is the end
  std::shared_ptr<const Entry> find(std::string_view key) const;

 private:
  friend class TreeWalk;
  struct Node;

  // A counted reference. Only a reference that is alone, below references that are alone, may change its node.
  class Link {
   public:
    Link() = default;
    explicit Link(Node* node) : node_(node) {}
    Link(const Link& other);
    Link(Link&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Link& operator=(Link other) noexcept {
      std::swap(node_, other.node_);
      return *this;
    }
    ~Link();
    explicit operator bool() const { return node_ != nullptr; }
    const Node* get() const { return node_; }
    const Node* operator->() const { return node_; }
    Node& own();  // the node, copied first when it is shared

   private:
    Node* node_ = nullptr;
  };

  struct Node {
    std::atomic<std::uint32_t> links = 1;
    std::uint64_t priority = 0;
    std::shared_ptr<const Entry> entry;
    Link left;
    Link right;
  };

  static std::pair<Link, Link> split(Link tree, std::string_view key);
  static Link merge(Link left, Link right);
  void insert(std::shared_ptr<const Entry> entry);

  Link root_;
  SeededRandom priorities_{0};
};

// Walks a range of a snapshot in one direction.
class TreeWalk {
 public:
  TreeWalk(const Tree& tree, std::string_view from, std::string_view to, Direction direction);
  const Tree::Entry* entry() const;  // null at the end
  void next();

 private:
  bool inside(const Tree::Entry& entry) const;
  void descend(const Tree::Node* node);

  const Tree::Link root_;  // keeps the snapshot
  const std::string from_;
  const std::string to_;
  const Direction direction_;
  std::vector<const Tree::Node*> path_;  // those still to visit, the next one last
};

}  // namespace stepwell::store
