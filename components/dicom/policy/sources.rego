# METADATA
# description: |
#   Only a user of a clinic can request DICOMweb stores of that clinic: the clinic is in the groups claim of a verified
#   token, the request is a DICOMweb transaction, and the clinic's own rules allow it. Everything else is denied, each
#   time with the reasons.
package metacell.dicomweb.sources.authz

import data.dicomweb.clinic
import data.dicomweb.request
import data.dicomweb.route
import data.dicomweb.token
import rego.v1

default allow := false

allow if count(reasons) == 0

# What Envoy's plugin expects. The client learns nothing but the status; the reasons are for the decision log.
response := {
	"allowed": allow,
	"http_status": status,
	"body": "",
	"reasons": sort(reasons),
	"clinic": object.get(route, "clinic", ""),
	"transaction": object.get(route, "transaction", ""),
}

default status := 403

status := 401 if not token.claims

# Each reason is that something does not hold, so whatever is missing or fails to evaluate denies.
reasons contains "authorization header: not exactly one" if count(request.authorization) != 1

reasons contains "authorization header: not Bearer with a JWT" if not request.token

reasons contains "token: algorithm not allowed" if not token.algorithm_allowed

reasons contains "token: kid names no key of the issuer" if not token.key

reasons contains "token: signature, issuer, audience or time not verified" if not token.claims

reasons contains "token: exp missing or past" if not token.unexpired

reasons contains "token: nbf missing or not reached" if not token.begun

reasons contains "path: not a DICOMweb store" if not route.clinic

reasons contains "request: not a DICOMweb transaction" if not route.transaction

reasons contains "clinic: not declared" if not clinic.rules

reasons contains "clinic: not in the groups claim" if not member

reasons contains "clinic: transaction not allowed" if not clinic.transaction_allowed

reasons contains "clinic: outside working hours" if not clinic.within_hours

reasons contains "study: restricted to other groups" if not clinic.study_allowed

member if route.clinic in token.groups
