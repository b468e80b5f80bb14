#include "services/directory/signature.h"

#include "wire/sigv4.h"

namespace stepwell::directory {

void sign_request(http::Request& request, const Credentials& credentials, std::string_view region,
                  std::string_view service, Timestamp now) {
  wire::sign(request,
             {.access_key = credentials.access_key,
              .secret_key = credentials.secret_key,
              .session_token = credentials.session_token},
             region, service, now);
}

}  // namespace stepwell::directory
