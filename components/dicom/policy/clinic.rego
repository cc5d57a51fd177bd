# METADATA
# description: |
#   What a clinic's own rules say: its transactions, its working hours in its time zone, and the studies that only some
#   groups may see.
package dicomweb.clinic

import data.dicomweb.route
import data.dicomweb.settings
import data.dicomweb.token
import rego.v1

rules := settings.clinics[route.clinic]

default transactions := ["search", "retrieve", "store"]

transactions := rules.transactions

transaction_allowed if route.transaction in transactions

minutes(text) := (to_number(hours) * 60) + to_number(rest) if {
	regex.match(`^([01][0-9]|2[0-3]):[0-5][0-9]$`, text)
	[hours, rest] := split(text, ":")
}

clock := (hour * 60) + minute if [hour, minute, _] := time.clock([time.now_ns(), rules.hours.timeZone])

within_hours if {
	rules
	not rules.hours
}

within_hours if {
	clock >= minutes(rules.hours.from)
	clock < minutes(rules.hours.to)
}

# Across midnight: the night shift from 22:00 to 05:00.
within_hours if {
	minutes(rules.hours.from) > minutes(rules.hours.to)
	outside_day
}

outside_day if clock >= minutes(rules.hours.from)

outside_day if clock < minutes(rules.hours.to)

default restricted := {}

restricted := rules.studies

# A request that names no study is about every one of the clinic's.
concerned := {route.study} & object.keys(restricted)

concerned := object.keys(restricted) if not route.study

study_allowed if every study in concerned {
	some group in restricted[study].groups
	group in token.groups
}
