// {Name}: what it does, and the errors it answers beside those of its shapes.
#include "services/{service}/operations/operation.h"

namespace stepwell::{service} {

Task<Result<wire::Reply>> {name}(Context&, wire::Call&) {
  co_return fail(internal_error("{Name} is not written yet"));
}

}  // namespace stepwell::{service}
