#include "lang/asl/data_flow.h"

#include "lang/asl/data_flow/jsonpath.h"

namespace stepwell::asl {

const Language* find_language(QueryLanguage language) {
  switch (language) {
    case QueryLanguage::jsonpath: return &jsonpath_language();
    case QueryLanguage::jsonata: return nullptr;
  }
  std::unreachable();
}

}  // namespace stepwell::asl
