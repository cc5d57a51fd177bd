package metacell.dicomweb.sources.authz_test

import data.dicomweb.fixtures_test as fixtures
import data.metacell.dicomweb.sources.authz
import rego.v1

# The seed's four cases, with verified tokens.

test_metacell_source_w_group_access if {
	fixtures.allowed(fixtures.flat("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({}))))
}

test_metacell_source_no_group_access if {
	request := fixtures.flat("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({"groups": []})))
	fixtures.denied_because(request, "clinic: not in the groups claim")
}

test_google_source_w_group_access if {
	fixtures.allowed(fixtures.flat("GET", fixtures.google_path, fixtures.bearer(fixtures.token({}))))
}

test_google_source_no_group_access if {
	request := fixtures.flat("GET", fixtures.google_path, fixtures.bearer(fixtures.token({"groups": []})))
	fixtures.denied_because(request, "clinic: not in the groups claim")
}

# The shapes of gateways.

test_headers_as_lists if {
	fixtures.allowed(fixtures.flat("GET", fixtures.metacell_path, [fixtures.bearer(fixtures.token({}))]))
}

test_envoy_with_a_query if {
	path := concat("", [fixtures.metacell_path, "?includefield=all?"])
	fixtures.allowed(fixtures.nested("GET", path, fixtures.bearer(fixtures.token({}))))
}

test_envoys_request_counts_and_nothing_next_to_it if {
	good := fixtures.flat("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({})))
	bad := fixtures.nested("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({"groups": []})))
	fixtures.denied_because(object.union(good, bad), "clinic: not in the groups claim")
}

test_nothing_is_denied_for_every_reason if {
	decision := fixtures.decided({}, {}, fixtures.now)
	decision.allow == false
	count(decision.reasons) == 13
	decision.response.http_status == 401
}

# Exactly one Authorization header.

two_headers := {
	"authorization header: not exactly one",
	"authorization header: not Bearer with a JWT",
	"token: algorithm not allowed",
	"token: kid names no key of the issuer",
	"token: signature, issuer, audience or time not verified",
	"token: exp missing or past",
	"token: nbf missing or not reached",
	"clinic: not in the groups claim",
}

test_two_headers_in_a_list if {
	one := fixtures.bearer(fixtures.token({}))
	decision := fixtures.decided(
		fixtures.flat("GET", fixtures.metacell_path, [one, one]),
		fixtures.settings, fixtures.now,
	)
	decision.allow == false
	decision.reasons == two_headers
}

test_two_headers_by_two_names if {
	one := fixtures.bearer(fixtures.token({}))
	request := fixtures.flat("GET", fixtures.metacell_path, one)
	twice := object.union(request, {"headers": {"Authorization": one, "authorization": one}})
	fixtures.decided(twice, fixtures.settings, fixtures.now).reasons == two_headers
}

test_two_headers_joined_by_envoy if {
	one := fixtures.bearer(fixtures.token({}))
	request := fixtures.nested("GET", fixtures.metacell_path, concat(",", [one, one]))
	decision := fixtures.decided(request, fixtures.settings, fixtures.now)
	decision.allow == false
	decision.reasons == two_headers - {"authorization header: not exactly one"}
}

test_no_header_is_unauthenticated if {
	request := fixtures.flat("GET", fixtures.metacell_path, [])
	decision := fixtures.decided(request, fixtures.settings, fixtures.now)
	decision.reasons == two_headers
	decision.response.http_status == 401
}

test_other_schemes_and_text_around_a_token if {
	jwt := fixtures.token({})
	every value in [jwt, concat(" ", ["Basic", jwt]), concat("", ["Bearer ", jwt, " "]), concat("", ["x Bearer ", jwt])] {
		request := fixtures.flat("GET", fixtures.metacell_path, value)
		fixtures.decided(request, fixtures.settings, fixtures.now).allow == false
	}
}

# The decision as Envoy's plugin reads it.

test_response_to_an_allowed_request if {
	request := fixtures.nested("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({})))
	fixtures.decided(request, fixtures.settings, fixtures.now).response == {
		"allowed": true,
		"http_status": 403,
		"body": "",
		"reasons": [],
		"clinic": "MetaCell",
		"transaction": "retrieve",
	}
}

test_response_to_a_user_of_another_clinic if {
	request := fixtures.nested("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({"groups": ["Other"]})))
	fixtures.decided(request, fixtures.settings, fixtures.now).response == {
		"allowed": false,
		"http_status": 403,
		"body": "",
		"reasons": ["clinic: not in the groups claim"],
		"clinic": "MetaCell",
		"transaction": "retrieve",
	}
}

test_groups_that_are_no_list if {
	every groups in ["MetaCell", {"x": "MetaCell"}, null] {
		payload := object.union(object.remove(fixtures.claims, ["groups"]), {"groups": groups})
		jwt := fixtures.signed({"alg": "ES256", "kid": "ec"}, payload)
		fixtures.denied_because(
			fixtures.flat("GET", fixtures.metacell_path, fixtures.bearer(jwt)),
			"clinic: not in the groups claim",
		)
	}
}

test_denied_without_any_input if not authz.allow
