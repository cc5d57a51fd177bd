/** Where the records of a FHIR server begin: of the characters that a path may have, those with no other meaning anywhere. */
export const BASE_PATH = /^(?:\/[A-Za-z0-9_-]+)+$/;

/** That form in words; completes the sentence "is not …". */
export const BASE_PATH_FORM = "a path of letters, digits, _ and -, such as /intersystems/fhir/r5";
