package dicomweb.clinic_test

import data.dicomweb.fixtures_test as fixtures
import rego.v1

base := "/clinic/MetaCell/store/1/dicomweb/"

# The reasons against a request under the clinic's rules, by a token that lives for days.
reasons(method, resource, rules, groups, at) := fixtures.decided(
	fixtures.flat(method, concat("", [base, resource]), fixtures.bearer(jwt)),
	object.union(fixtures.settings, {"clinics": {"MetaCell": rules}}),
	time.parse_rfc3339_ns(at),
).reasons if {
	jwt := fixtures.token({"groups": groups, "exp": fixtures.issued + 30000000})
}

noon := "2024-07-01T12:00:00Z"

at(hours, moment) := reasons("GET", "studies", {"hours": hours}, ["MetaCell"], moment)

outside := {"clinic: outside working hours"}

# The seed's night shift from 22 to 5, in Lisbon, which is an hour ahead of UTC in summer and not in winter.
night := {"timeZone": "Europe/Lisbon", "from": "22:00", "to": "05:00"}

test_night_shift_in_summer if {
	at(night, "2024-07-01T20:59:59Z") == outside
	at(night, "2024-07-01T21:00:00Z") == set()
	at(night, "2024-07-01T22:59:00Z") == set()
	at(night, "2024-07-01T23:00:00Z") == set()
	at(night, "2024-07-02T03:59:59Z") == set()
	at(night, "2024-07-02T04:00:00Z") == outside
	at(night, "2024-07-02T12:00:00Z") == outside
}

test_night_shift_in_winter if {
	at(night, "2024-12-01T21:59:59Z") == outside
	at(night, "2024-12-01T22:00:00Z") == set()
	at(night, "2024-12-02T04:59:59Z") == set()
	at(night, "2024-12-02T05:00:00Z") == outside
}

test_day_shift if {
	day := {"timeZone": "Asia/Tokyo", "from": "08:30", "to": "17:15"}
	at(day, "2024-07-01T23:29:59Z") == outside
	at(day, "2024-07-01T23:30:00Z") == set()
	at(day, "2024-07-02T08:14:59Z") == set()
	at(day, "2024-07-02T08:15:00Z") == outside
}

test_hours_that_cannot_be_read if {
	every hours in [
		{},
		{"timeZone": "Europe/Lisbon", "from": "22:00"},
		{"timeZone": "Europe/Lisbon", "to": "05:00"},
		{"from": "00:00", "to": "23:59"},
		{"timeZone": "Middle/Earth", "from": "00:00", "to": "23:59"},
		{"timeZone": "UTC", "from": "12:00", "to": "12:00"},
		{"timeZone": "UTC", "from": "0:00", "to": "23:59"},
		{"timeZone": "UTC", "from": "00:00", "to": "24:00"},
		{"timeZone": "UTC", "from": "00:00", "to": "23:59x"},
		{"timeZone": "UTC", "from": "x00:00", "to": "23:59"},
		{"timeZone": "UTC", "from": "000:00", "to": "23:59"},
		{"timeZone": "UTC", "from": "00:00", "to": "23:590"},
		{"timeZone": "UTC", "from": 0, "to": 1439},
	] {
		at(hours, noon) == outside
	}
}

test_hours_of_no_declared_clinic if {
	request := fixtures.flat("GET", fixtures.metacell_path, fixtures.bearer(fixtures.token({})))
	rules := object.union(object.remove(fixtures.settings, ["clinics"]), {"clinics": {"Other": {}}})
	fixtures.decided(request, rules, fixtures.now).reasons == {
		"clinic: not declared",
		"clinic: outside working hours",
	}
}

test_transactions if {
	only := {"transactions": ["search"]}
	reasons("GET", "studies", only, ["MetaCell"], noon) == set()
	reasons("GET", "studies/1", only, ["MetaCell"], noon) == {"clinic: transaction not allowed"}
	reasons("POST", "studies", only, ["MetaCell"], noon) == {"clinic: transaction not allowed"}
	reasons("GET", "studies", {"transactions": []}, ["MetaCell"], noon) == {"clinic: transaction not allowed"}
	every request in [["GET", "studies"], ["GET", "studies/1"], ["POST", "studies"]] {
		reasons(request[0], request[1], {}, ["MetaCell"], noon) == set()
	}
}

# A celebrity's study, which only the cardiologists may see.
vip := {"studies": {"1.2.3": {"groups": ["cardiology"]}, "1.2.4": {"groups": ["cardiology", "radiology"]}}}

restricted := {"study: restricted to other groups"}

test_restricted_study if {
	reasons("GET", "studies/1.2.3", vip, ["MetaCell"], noon) == restricted
	reasons("GET", "studies/1.2.3/series/1/metadata", vip, ["MetaCell", "radiology"], noon) == restricted
	reasons("GET", "studies/1.2.3", vip, ["MetaCell", "cardiology"], noon) == set()
	reasons("GET", "studies/1.2.4", vip, ["MetaCell", "radiology"], noon) == set()
	reasons("POST", "studies/1.2.3", vip, ["MetaCell"], noon) == restricted
	reasons("GET", "studies/1.2.3", vip, ["cardiology"], noon) == {"clinic: not in the groups claim"}
}

test_other_study if reasons("GET", "studies/1.2.34", vip, ["MetaCell"], noon) == set()

test_requests_about_all_studies if {
	every request in [["GET", "studies"], ["GET", "series"], ["GET", "instances"], ["POST", "studies"]] {
		reasons(request[0], request[1], vip, ["MetaCell"], noon) == restricted
		reasons(request[0], request[1], vip, ["MetaCell", "radiology"], noon) == restricted
		reasons(request[0], request[1], vip, ["MetaCell", "cardiology"], noon) == set()
	}
}

test_restrictions_that_cannot_be_read if {
	every studies in [["1.2.3"], "1.2.3", {"1.2.3": {}}, {"1.2.3": {"groups": "MetaCell"}}] {
		reasons("GET", "studies/1.2.3", {"studies": studies}, ["MetaCell"], noon) == restricted
	}
}
