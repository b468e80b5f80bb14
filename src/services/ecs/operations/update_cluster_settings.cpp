#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

// UpdateCluster takes the settings, too; this is the older one of the two.
Task<Result<wire::Reply>> update_cluster_settings(Ecs& ecs, wire::Call& call) { return update_cluster(ecs, call); }

}  // namespace stepwell::ecs
