#include "services/directory/answers.h"

#include "wire/protocol.h"

namespace stepwell::directory {

http::Response answer_of(const Service& service, const wire::Call& call, const Result<wire::Reply>& reply) {
  return reply ? wire::encode(service.model(), call, *reply) : wire::encode_error(service.model(), call, reply.error());
}

}  // namespace stepwell::directory
