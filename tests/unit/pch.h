#pragma once
// What nearly every test includes; precompiled once for all test programs.
#include "base/pch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
