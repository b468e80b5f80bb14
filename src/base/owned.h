#pragma once
// An object of a C library that is given back with the library's own function:
//
//   using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

#include <memory>

namespace stepwell {

template <auto function>
struct GiveBack {
  template <typename T>
  void operator()(T* object) const {
    function(object);
  }
};

template <typename T, auto function>
using Owned = std::unique_ptr<T, GiveBack<function>>;

}  // namespace stepwell
