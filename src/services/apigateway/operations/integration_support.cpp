#include "services/apigateway/operations/integration_support.h"

#include "services/apigateway/integration.h"

namespace stepwell::apigateway {

Result<void> check_integration(const wire::Call& call, const json::Value& integration) {
  TRY(refuse_members(
      call, {"contentHandlingStrategy", "passthroughBehavior", "requestTemplates", "templateSelectionExpression"}));
  TRY(Integration::read(integration));
  return {};
}

}  // namespace stepwell::apigateway
