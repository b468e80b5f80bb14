#include "base/ports.h"

namespace stepwell {

// splitmix64 (Steele, Lea, Flood 2014): one addition and three mixes a number, full period for every seed.
std::uint64_t SeededRandom::next() {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

namespace {

// The lowest 4 * `digits` bits.
char* write_hex(char* to, std::uint64_t number, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) *to++ = "0123456789abcdef"[(number >> shift) & 0xfU];
  return to;
}

}  // namespace

std::string make_uuid(Random& random) {
  const std::uint64_t high = (random.next() & ~0xf000ULL) | 0x4000ULL;                        // version 4
  const std::uint64_t low = (random.next() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;  // RFC 4122 variant
  std::string uuid(36, '-');
  char* to = uuid.data();
  to = write_hex(to, high >> 32U, 8) + 1;
  to = write_hex(to, high >> 16U, 4) + 1;
  to = write_hex(to, high, 4) + 1;
  to = write_hex(to, low >> 48U, 4) + 1;
  write_hex(to, low, 12);
  return uuid;
}

}  // namespace stepwell
