package envoy.authz_test

import data.envoy.authz
import rego.v1

request(method, path) := {"attributes": {"request": {"http": {"method": method, "path": path}}}}

test_get_pets if authz.allow with input as request("GET", "/pets")

test_nothing_else if {
	every other in [["POST", "/pets"], ["HEAD", "/pets"], ["GET", "/pets/"], ["GET", "/pets?x"], ["GET", "/other"]] {
		decision := authz.allow with input as request(other[0], other[1])
		decision == false
	}
}

test_no_input if authz.allow == false
