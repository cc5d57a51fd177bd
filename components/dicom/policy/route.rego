# METADATA
# description: |
#   Which clinic, which store and which DICOMweb transaction a request is about. Nothing is decoded here: a path with
#   anything but letters, digits and a few marks is no route.
# related_resources:
#   - ref: https://dicom.nema.org/medical/dicom/current/output/html/part18.html
#   - ref: https://cloud.google.com/healthcare-api/docs/how-tos/dicom
package dicomweb.route

import data.dicomweb.request
import rego.v1

segments := split(request.path, "/")

# MetaCell's path: /clinic/CLINIC/store/STORE/dicomweb/…
target := {"clinic": names[0], "names": names, "rest": rest} if {
	["", "clinic", _, "store", _, "dicomweb"] = array.slice(segments, 0, 6)
	names := [segments[2], segments[4]]
	rest := array.slice(segments, 6, count(segments))
}

# Google's path, whose project is the clinic: /v1/projects/CLINIC/locations/…/datasets/…/dicomStores/STORE/dicomWeb/…
target := {"clinic": names[0], "names": names, "rest": rest} if {
	["", "v1", "projects", _, "locations", _, "datasets", _, "dicomStores", _, "dicomWeb"] = array.slice(segments, 0, 11)
	names := [segments[3], segments[5], segments[7], segments[9]]
	rest := array.slice(segments, 11, count(segments))
}

clinic := target.clinic if {
	every name in target.names {
		regex.match(`^[A-Za-z0-9][A-Za-z0-9._-]*$`, name)
	}
}

resource := concat("/", target.rest)

uid := `(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*`

study_path := concat("", ["studies/", uid])

series_path := concat("", [study_path, "/series/", uid])

instance_path := concat("", [series_path, "/instances/", uid])

views := "(/metadata|/rendered|/thumbnail)?"

frames := "/frames/[1-9][0-9]*(,[1-9][0-9]*)*(/rendered|/thumbnail)?"

patterns := {
	# QIDO-RS
	"search": {"method": "GET", "resources": [
		"(studies|series|instances)",
		concat("", [study_path, "/(series|instances)"]),
		concat("", [series_path, "/instances"]),
	]},
	# WADO-RS
	"retrieve": {"method": "GET", "resources": [
		concat("", [study_path, views]),
		concat("", [series_path, views]),
		concat("", [instance_path, views]),
		concat("", [instance_path, frames]),
		concat("", [instance_path, "/bulkdata(/[A-Za-z0-9]+)+"]),
	]},
	# STOW-RS
	"store": {"method": "POST", "resources": [
		"studies",
		study_path,
	]},
}

transaction := name if {
	some name, pattern in patterns
	request.method == pattern.method
	some expression in pattern.resources
	regex.match(concat("", ["^", expression, "$"]), resource)
}

# The study that the path names; a request without one is about all of the store.
study := target.rest[1] if target.rest[0] == "studies"
