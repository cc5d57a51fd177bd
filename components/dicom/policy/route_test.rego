package dicomweb.route_test

import data.dicomweb.fixtures_test as fixtures
import data.dicomweb.route
import rego.v1

study := "studies/1.2.840.10008.1"

instance := concat("", [study, "/series/1.2/instances/3"])

transaction(method, resource) := found if {
	found := route.transaction with input as {
		"method": method,
		"path": concat("", ["/clinic/MetaCell/store/1/dicomweb/", resource]),
	}
}

clinic(path) := found if {
	found := route.clinic with input as {"method": "GET", "path": path}
}

searches := [
	"studies",
	"series",
	"instances",
	concat("", [study, "/series"]),
	concat("", [study, "/instances"]),
	concat("", [study, "/series/1.2/instances"]),
	"studies/0/series",
	"studies/1.0.2/series",
]

retrievals := array.concat(
	[concat("", [base, view]) |
		some base in [study, concat("", [study, "/series/1.2"]), instance]
		some view in ["", "/metadata", "/rendered", "/thumbnail"]
	],
	[concat("", [instance, end]) |
		some end in [
			"/frames/1",
			"/frames/1,2,30",
			"/frames/1/rendered",
			"/frames/1/thumbnail",
			"/bulkdata/7FE00010",
			"/bulkdata/54000100/0/54001010",
		]
	],
)

test_searches if {
	every resource in searches {
		transaction("GET", resource) == "search"
	}
}

test_retrievals if {
	every resource in retrievals {
		transaction("GET", resource) == "retrieve"
	}
}

test_stores if {
	transaction("POST", "studies") == "store"
	transaction("POST", study) == "store"
}

test_no_other_method if {
	every method in ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "post", ""] {
		every resource in array.concat(searches, retrievals) {
			not transaction(method, resource)
		}
	}
	every resource in ["series", "instances", instance, concat("", [study, "/series"]), concat("", [study, "/metadata"])] {
		not transaction("POST", resource)
	}
}

test_nothing_that_only_looks_like_a_transaction if {
	every resource in [
		"",
		"/",
		"studies/",
		"Studies",
		"xstudies",
		"studiesx",
		"patients",
		"studies/x",
		"studies/..",
		"studies/1..2",
		"studies/.1",
		"studies/1.",
		"studies/01",
		"studies/1.02",
		"studies/1%2e2",
		"studies/1/",
		"studies//series",
		"studies/1/instances/2",
		"studies/1/series/2/metadata/x",
		"studies/1/frames/1",
		concat("", [instance, "/frames/0"]),
		concat("", [instance, "/frames/1,"]),
		concat("", [instance, "/frames/1/metadata"]),
		concat("", [instance, "/bulkdata"]),
		concat("", [instance, "/bulkdata/.."]),
		concat("", [instance, "/bulkdata/1/"]),
		"studies/1\n",
		"studies/1;x",
	] {
		not transaction("GET", resource)
		not transaction("POST", resource)
	}
}

test_google_transaction if {
	found := route.transaction with input as {"method": "GET", "path": fixtures.google_path}
	found == "retrieve"
}

test_clinics if {
	clinic(fixtures.metacell_path) == "MetaCell"
	clinic(fixtures.google_path) == "MetaCell"
	clinic("/clinic/a.b-c_d/store/S.1/dicomweb/studies") == "a.b-c_d"
}

test_no_clinic if {
	every path in [
		"",
		"/",
		"clinic/MetaCell/store/1/dicomweb/studies",
		"//clinic/MetaCell/store/1/dicomweb/studies",
		"x/clinic/MetaCell/store/1/dicomweb/studies",
		"/clinics/MetaCell/store/1/dicomweb/studies",
		"/clinic/MetaCell/stores/1/dicomweb/studies",
		"/clinic/MetaCell/store/1/dicomWeb/studies",
		"/clinic//store/1/dicomweb/studies",
		"/clinic/../store/1/dicomweb/studies",
		"/clinic/Other%2f..%2fMetaCell/store/1/dicomweb/studies",
		"/clinic/Meta%43ell/store/1/dicomweb/studies",
		"/clinic/MetaCell;x/store/1/dicomweb/studies",
		"/clinic/MetaCell/store//dicomweb/studies",
		"/clinic/MetaCell/store/../dicomweb/studies",
		"/v2/projects/MetaCell/locations/l/datasets/d/dicomStores/s/dicomWeb/studies",
		"/v1/project/MetaCell/locations/l/datasets/d/dicomStores/s/dicomWeb/studies",
		"/v1/projects/MetaCell/location/l/datasets/d/dicomStores/s/dicomWeb/studies",
		"/v1/projects/MetaCell/locations/l/dataset/d/dicomStores/s/dicomWeb/studies",
		"/v1/projects/MetaCell/locations/l/datasets/d/dicomStore/s/dicomWeb/studies",
		"/v1/projects/MetaCell/locations/l/datasets/d/dicomStores/s/dicomweb/studies",
		"/v1/projects/../locations/l/datasets/d/dicomStores/s/dicomWeb/studies",
		"/v1/projects/MetaCell/locations/../datasets/d/dicomStores/s/dicomWeb/studies",
		"/v1/projects/MetaCell/locations/l/datasets/../dicomStores/s/dicomWeb/studies",
		"/v1/projects/MetaCell/locations/l/datasets/d/dicomStores/../dicomWeb/studies",
		"x/v1/projects/MetaCell/locations/l/datasets/d/dicomStores/s/dicomWeb/studies",
	] {
		not clinic(path)
	}
}

test_path_and_transaction_are_both_required if {
	request := fixtures.flat("GET", "/clinic/MetaCell/store/../dicomweb/studies", fixtures.bearer(fixtures.token({})))
	reasons := fixtures.decided(request, fixtures.settings, fixtures.now).reasons
	"path: not a DICOMweb store" in reasons
	deleted := fixtures.flat("DELETE", fixtures.metacell_path, fixtures.bearer(fixtures.token({})))
	fixtures.decided(deleted, fixtures.settings, fixtures.now).reasons == {
		"request: not a DICOMweb transaction",
		"clinic: transaction not allowed",
	}
}
