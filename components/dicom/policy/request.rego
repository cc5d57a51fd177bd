# METADATA
# description: |
#   The request, from what a gateway sends: Envoy's plugin nests it under attributes.request.http and joins repeated
#   headers with a comma; GoGatekeeper sends it flat, with a list for each header.
package dicomweb.request

import rego.v1

http := input.attributes.request.http

http := input if not input.attributes

method := http.method

# Envoy's path has the query, which names nothing that is decided by.
path := split(http.path, "?")[0]

authorization := [value |
	some name, given in http.headers
	lower(name) == "authorization"
	some value in listed(given)
]

listed(given) := [given] if is_string(given)

listed(given) := given if is_array(given)

# Two headers that Envoy joined have a comma, which no token has.
token := match[1] if {
	[value] := authorization
	[match] := regex.find_all_string_submatch_n(`^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$`, value, 1)
}
