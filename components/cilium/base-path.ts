/** The syntax of a FHIR server's base path: only characters that have no special meaning in a URL or a regular expression. */
export const BASE_PATH = /^(?:\/[A-Za-z0-9_-]+)+$/;

/** That syntax in words; completes the sentence "is not …". */
export const BASE_PATH_FORM = "a path of letters, digits, _ and -, such as /intersystems/fhir/r5";
