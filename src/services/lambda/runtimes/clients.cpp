#include "services/lambda/runtimes/clients.h"

namespace stepwell::lambda {
namespace {

// Embedding is C23, which the compiler offers here too.
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char node_client[] = {
#embed "bootstrap.mjs"
};
constexpr char python_client[] = {
#embed "bootstrap.py"
};

}  // namespace

const std::string_view node_client_text(node_client, sizeof node_client);
const std::string_view python_client_text(python_client, sizeof python_client);

}  // namespace stepwell::lambda
