# METADATA
# description: |
#   The token's claims, once it is verified: against a key of the issuer that it names by its id, by an algorithm of the
#   allow-list. io.jwt.decode_verify passes a token without exp, nbf or kid, so each is required here.
package dicomweb.token

import data.dicomweb.request
import data.dicomweb.settings.issuer
import rego.v1

# Never HMAC: whoever can verify could sign. Never none.
asymmetric := {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

header := io.jwt.decode(request.token)[0]

payload := io.jwt.decode(request.token)[1]

algorithm_allowed if {
	header.alg in asymmetric
	header.alg in issuer.algorithms
}

key_set := issuer.jwks

key_set := response.body if {
	not issuer.jwks
	response := http.send({
		"method": "GET",
		"url": issuer.jwksUri,
		"timeout": "5s",
		"enable_redirect": false,
		"raise_error": false,
		"force_json_decode": true,
		"force_cache": true,
		"force_cache_duration_seconds": issuer.jwksCacheSeconds,
	})
	response.status_code == 200
}

# One key, named by its id: two with the same id are ambiguous.
key := named[0] if {
	is_string(header.kid)
	named := [candidate | some candidate in key_set.keys; candidate.kid == header.kid]
	count(named) == 1
}

claims := verified if {
	algorithm_allowed
	[valid, _, verified] := io.jwt.decode_verify(request.token, {
		"cert": json.marshal({"keys": [key]}),
		"iss": issuer.name,
		"aud": issuer.audience,
		"time": time.now_ns(),
	})
	valid
}

seconds := time.now_ns() / 1000000000

unexpired if {
	is_number(payload.exp)
	payload.exp > seconds
}

begun if {
	is_number(payload.nbf)
	payload.nbf <= seconds
}

# An issuer that sets no nbf: the time of issue stands in, where the settings say so.
begun if {
	not "nbf" in object.keys(payload)
	issuer.requireNotBefore == false
	is_number(payload.iat)
	payload.iat <= seconds
}

# A list of texts: `in` would also search the values of an object.
groups := claims.groups if is_array(claims.groups)
