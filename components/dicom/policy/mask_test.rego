package system.log_test

import data.system.log
import rego.v1

test_the_whole_request_is_removed if log.mask == {"/input", "/nd_builtin_cache"}
