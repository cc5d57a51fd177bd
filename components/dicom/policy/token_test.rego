package dicomweb.token_test

import data.dicomweb.fixtures_test as fixtures
import rego.v1

signature := "token: signature, issuer, audience or time not verified"

expiry := "token: exp missing or past"

start := "token: nbf missing or not reached"

groups := "clinic: not in the groups claim"

# The reasons against a token, for which everything else of the request is allowed.
against(jwt, rules, now) := fixtures.decided(
	fixtures.flat("GET", fixtures.metacell_path, fixtures.bearer(jwt)),
	rules, now,
).reasons

reasons(jwt) := against(jwt, fixtures.settings, fixtures.now)

without(names) := fixtures.signed({"alg": "ES256", "kid": "ec"}, object.remove(fixtures.claims, names))

test_rsa if reasons(fixtures.signed({"alg": "RS256", "kid": "rsa"}, fixtures.claims)) == set()

test_each_algorithm_that_the_settings_allow if {
	every algorithm in ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] {
		rules := object.union(fixtures.settings, {"issuer": {"algorithms": [algorithm]}})
		against(fixtures.signed({"alg": algorithm, "kid": "rsa"}, fixtures.claims), rules, fixtures.now) == set()
	}
	every algorithm, kid in {"ES256": "ec", "ES384": "ec384", "ES512": "ec521", "EdDSA": "ed"} {
		rules := object.union(fixtures.settings, {"issuer": {"algorithms": [algorithm]}})
		against(fixtures.signed({"alg": algorithm, "kid": kid}, fixtures.claims), rules, fixtures.now) == set()
	}
}

test_algorithm_that_the_settings_do_not_allow if {
	jwt := fixtures.signed({"alg": "PS256", "kid": "rsa"}, fixtures.claims)
	reasons(jwt) == {"token: algorithm not allowed", signature, groups}
}

# Whatever the settings say.
test_hmac_and_none if {
	rules := object.union(fixtures.settings, {"issuer": {
		"algorithms": ["HS256", "none"],
		"jwks": {"keys": [data.test_keys.private.secret]},
	}})
	hmac := fixtures.signed({"alg": "HS256", "kid": "secret"}, fixtures.claims)
	against(hmac, rules, fixtures.now) == {"token: algorithm not allowed", signature, groups}
	none := concat(".", [base64url.encode_no_pad(`{"alg":"none","kid":"secret"}`), split(hmac, ".")[1], "x"])
	{"token: algorithm not allowed", signature, groups} - against(none, rules, fixtures.now) == set()
}

test_signed_by_another_key_of_the_same_id if {
	forged := io.jwt.encode_sign({"alg": "ES256", "kid": "ec"}, fixtures.claims, data.test_keys.foreign)
	reasons(forged) == {signature, groups}
}

test_claims_of_another_token if {
	[header, _, end] := split(fixtures.token({}), ".")
	[_, changed, _] := split(fixtures.token({"sub": "Other"}), ".")
	reasons(concat(".", [header, changed, end])) == {signature, groups}
}

test_no_kid_and_unknown_kid_and_kid_of_another_type if {
	every header in [{"alg": "ES256"}, {"alg": "ES256", "kid": "old"}, {"alg": "ES256", "kid": 7}] {
		jwt := io.jwt.encode_sign(header, fixtures.claims, data.test_keys.private.ec)
		reasons(jwt) == {"token: kid names no key of the issuer", signature, groups}
	}
}

test_kid_of_two_keys_and_kid_of_no_text if {
	key := data.test_keys.public.keys[0]
	twice := object.union(fixtures.settings, {"issuer": {"jwks": {"keys": [key, key]}}})
	jwt := fixtures.signed({"alg": "ES256", "kid": "ec"}, fixtures.claims)
	against(jwt, twice, fixtures.now) == {"token: kid names no key of the issuer", signature, groups}
	numbered := object.union(fixtures.settings, {"issuer": {"jwks": {"keys": [object.union(key, {"kid": 7})]}}})
	seven := io.jwt.encode_sign({"alg": "ES256", "kid": 7}, fixtures.claims, data.test_keys.private.ec)
	"token: kid names no key of the issuer" in against(seven, numbered, fixtures.now)
}

test_critical_extensions if {
	jwt := fixtures.signed({"alg": "ES256", "kid": "ec", "crit": ["x"], "x": 1}, fixtures.claims)
	reasons(jwt) == {signature, groups}
}

test_issuer if {
	reasons(fixtures.token({"iss": "metacell.us.example"})) == {signature, groups}
	reasons(without(["iss"])) == {signature, groups}
}

test_audience if {
	reasons(fixtures.token({"aud": ["other"]})) == {signature, groups}
	reasons(fixtures.token({"aud": "viewer.ohif.metacell.us"})) == set()
	reasons(without(["aud"])) == {signature, groups}
}

test_expiry if {
	reasons(without(["exp"])) == {expiry}
	reasons(fixtures.token({"exp": fixtures.issued + 60})) == {expiry, signature, groups}
	reasons(fixtures.token({"exp": fixtures.issued + 61})) == set()
	expiry in reasons(fixtures.token({"exp": "2099-01-01"}))
}

test_not_before if {
	reasons(without(["nbf"])) == {start}
	reasons(fixtures.token({"nbf": fixtures.issued + 60})) == set()
	reasons(fixtures.token({"nbf": fixtures.issued + 61})) == {start, signature, groups}
	start in reasons(fixtures.token({"nbf": "1970-01-01"}))
	start in reasons(fixtures.token({"nbf": null}))
}

test_time_of_issue_in_place_of_nbf_where_the_settings_say_so if {
	rules := object.union(fixtures.settings, {"issuer": {"requireNotBefore": false}})
	against(without(["nbf"]), rules, fixtures.now) == set()
	against(without(["nbf", "iat"]), rules, fixtures.now) == {start}
	late := object.union(object.remove(fixtures.claims, ["nbf"]), {"iat": fixtures.issued + 61})
	against(fixtures.signed({"alg": "ES256", "kid": "ec"}, late), rules, fixtures.now) == {start}
	just := object.union(object.remove(fixtures.claims, ["nbf"]), {"iat": fixtures.issued + 60})
	against(fixtures.signed({"alg": "ES256", "kid": "ec"}, just), rules, fixtures.now) == set()
	nothing := object.union(object.remove(fixtures.claims, ["nbf"]), {"iat": null})
	start in against(fixtures.signed({"alg": "ES256", "kid": "ec"}, nothing), rules, fixtures.now)
	text := object.union(object.remove(fixtures.claims, ["nbf"]), {"iat": -1, "nbf": "never"})
	start in against(fixtures.signed({"alg": "ES256", "kid": "ec"}, text), rules, fixtures.now)
	required := object.union(fixtures.settings, {"issuer": {"requireNotBefore": true}})
	against(without(["nbf"]), required, fixtures.now) == {start}
}

# Keys by the issuer's address.

fetching_from := {"jwksUri": "https://issuer.example/jwks", "jwksCacheSeconds": 60}

fetching := object.union(object.remove(fixtures.settings, ["issuer"]), {"issuer": object.union(
	object.remove(fixtures.settings.issuer, ["jwks"]),
	fetching_from,
)})

served(request) := {"status_code": 200, "body": data.test_keys.public} if {
	request == {
		"method": "GET",
		"url": "https://issuer.example/jwks",
		"timeout": "5s",
		"enable_redirect": false,
		"raise_error": false,
		"force_json_decode": true,
		"force_cache": true,
		"force_cache_duration_seconds": 60,
	}
}

unavailable(_) := {"status_code": 503, "body": data.test_keys.public}

never(_) := {"status_code": 200, "body": {"keys": []}}

test_fetched_keys if {
	jwt := fixtures.token({})
	found := against(jwt, fetching, fixtures.now) with http.send as served
	found == set()
}

test_issuer_down if {
	jwt := fixtures.token({})
	found := against(jwt, fetching, fixtures.now) with http.send as unavailable
	found == {"token: kid names no key of the issuer", signature, groups}
}

test_pinned_keys_are_not_fetched if {
	jwt := fixtures.token({})
	both := object.union(fixtures.settings, {"issuer": fetching_from})
	found := against(jwt, both, fixtures.now) with http.send as never
	found == set()
}
