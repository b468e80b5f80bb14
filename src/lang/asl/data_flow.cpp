#include "lang/asl/data_flow.h"

#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/data_flow/jsonpath.h"

namespace stepwell::asl {

std::unique_ptr<const Language> make_language(QueryLanguage language, CompileContext context) {
  switch (language) {
    case QueryLanguage::jsonpath: return make_jsonpath(context);
    case QueryLanguage::jsonata: return make_jsonata(context);
  }
  std::unreachable();
}

}  // namespace stepwell::asl
