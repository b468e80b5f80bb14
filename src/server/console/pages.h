#pragma once
// /_stepwell/console/: the files of the web console. Every path that is no file is a place in it and gets index.html.
// The page may ask this server and nobody else (Content-Security-Policy). Files whose names hold their digest are kept
// for ever by browsers, the others are asked for again by their ETag.

#include "base/http.h"

#include <string_view>

namespace stepwell::server::console {

bool is_page(std::string_view target);
http::Response page(const http::Request& request);

// A browser at the address of the server alone, which no service is asked by, is led to the console.
bool is_visit(const http::Request& request);
http::Response way_in();

}  // namespace stepwell::server::console
