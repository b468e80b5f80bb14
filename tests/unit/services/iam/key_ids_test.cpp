#include "services/iam/key_ids.h"

#include <gtest/gtest.h>

namespace stepwell::iam {
namespace {

TEST(KeyIds, TellTheirAccount) {
  for (const std::string_view account : {"123456789012", "000000000000", "999999999999"}) {
    const std::string id = make_key_id(permanent_key, account);
    EXPECT_EQ(id.size(), 20U);
    EXPECT_TRUE(id.starts_with("AKIA"));
    EXPECT_EQ(account_in(id), account);
  }
  EXPECT_EQ(account_in("AKIA"), std::nullopt);
  EXPECT_EQ(account_in("AKIA00000000ABCDEFGH"), std::nullopt);
  EXPECT_EQ(account_in("AKIA77777777ABCDEFGH"), std::nullopt);
}

TEST(KeyIds, AreNotTheSameTwice) {
  EXPECT_NE(make_secret(), make_secret());
  EXPECT_EQ(make_secret().size(), 40U);
  EXPECT_NE(make_entity_id(role_id), make_entity_id(role_id));
}

}  // namespace
}  // namespace stepwell::iam
