# METADATA
# description: |
#   What the tests have in common. Their tokens are signed for real, by keys that test/opa makes anew for
#   each run and gives as data.test_keys.
package dicomweb.fixtures_test

import data.metacell.dicomweb.sources.authz
import rego.v1

# 2024-06-26 17:02:54 in UTC, when the token of the seed's sample was issued.
issued := 1719421374

claims := {
	"iss": "metacell.us",
	"sub": "Johnson & Johnson",
	"aud": ["viewer.ohif.metacell.us"],
	"exp": issued + 3600,
	"nbf": issued,
	"iat": issued,
	"jti": "03dc11cc-c8ac-4f5b-adc0-7cb04a277e10",
	"groups": ["MetaCell"],
}

settings := {
	"issuer": {
		"name": "metacell.us",
		"audience": "viewer.ohif.metacell.us",
		"algorithms": ["ES256", "RS256"],
		"jwks": data.test_keys.public,
	},
	"clinics": {"MetaCell": {}},
}

metacell_path := "/clinic/MetaCell/store/1/dicomweb/studies/12345678"

google_path := concat("", [
	"/v1/projects/MetaCell/locations/us-east4/datasets/ohif-qa-dataset",
	"/dicomStores/ohif-qa-2/dicomWeb/studies/12345678",
])

signed(header, payload) := io.jwt.encode_sign(header, payload, data.test_keys.private[header.kid])

token(changes) := signed({"alg": "ES256", "kid": "ec", "typ": "JWT"}, object.union(claims, changes))

bearer(jwt) := concat(" ", ["Bearer", jwt])

# As GoGatekeeper sends it.
flat(method, path, authorization) := {
	"method": method,
	"path": path,
	"host": "healthcare.googleapis.com",
	"protocol": "HTTP/2",
	"headers": {"Authorization": authorization, "Accept": ["application/dicom+json"]},
	"body": "",
	"remote_addr": "192.168.1.90",
	"user_agent": "Firefox",
}

# As Envoy's plugin sends it.
nested(method, path, authorization) := {
	"attributes": {"request": {"http": {
		"method": method,
		"path": path,
		"host": "dicom.example.com",
		"headers": {":method": method, ":path": path, "authorization": authorization},
	}}},
	"parsed_path": split(trim_prefix(path, "/"), "/"),
}

decided(request, rules, now) := {"allow": allow, "reasons": reasons, "response": response} if {
	allow := authz.allow with input as request
		with data.dicomweb.settings as rules
		with time.now_ns as now
	reasons := authz.reasons with input as request
		with data.dicomweb.settings as rules
		with time.now_ns as now
	response := authz.response with input as request
		with data.dicomweb.settings as rules
		with time.now_ns as now
}

# A moment within the token's life.
now := (issued + 60) * 1000000000

denied_because(request, reason) if {
	decision := decided(request, settings, now)
	decision.allow == false
	decision.reasons == {reason}
}

allowed(request) if {
	decision := decided(request, settings, now)
	decision.allow == true
	decision.reasons == set()
}
