// What {Name} promises.
#include <gtest/gtest.h>

namespace stepwell {
namespace {

TEST({Test}, KeepsItsPromises) { FAIL() << "write the cases of the {kind} {Name}"; }

}  // namespace
}  // namespace stepwell
