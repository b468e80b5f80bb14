// {Name}: which arguments it takes, which operation it calls, and what a task gets of the answer.
#include "services/states/integrations/integration.h"

namespace stepwell::states {

Task<Result<json::Value>> {name}(Context&, const integrations::Request&) {
  co_return fail(internal_error("{Name} is not written yet"));
}

}  // namespace stepwell::states
