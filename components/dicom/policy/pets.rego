# METADATA
# description: Envoy's example of an API gateway. Allows GET requests to /pets, and nothing else.
package envoy.authz

import rego.v1

default allow := false

allow if {
	input.attributes.request.http.method == "GET"
	input.attributes.request.http.path == "/pets"
}
