module attested-fhir/oracle/batch

go 1.24.0
