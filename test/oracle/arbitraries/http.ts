import fc from "fast-check";
import { few, often, rarely, sometimes } from "./chances.ts";

/** HTTP rules, and requests that all but meet them. */

const RECORD = "/fhir/r5/Patient/DarthVader";

/** Requests are near misses of one another: other id, longer id, history, operation, search, spelling. */
export const PATHS = [
  RECORD,
  "/fhir/r5/Patient/DarthVader2",
  "/fhir/r5/Patient/Darth",
  "/fhir/r5/Patient/darthvader",
  "/fhir/r5/Patient/LukeSkywalker",
  `${RECORD}/_history`,
  `${RECORD}/_history/1`,
  `${RECORD}/$everything`,
  `${RECORD}/%24everything`,
  `${RECORD}?_format=json`,
  `${RECORD}/`,
  "/fhir/r5/Patient?name=DarthVader",
  "/fhir/r5/Patient/",
  "/fhir/r5/Observation/1",
  "/fhir/r5//Patient/DarthVader",
  "/fhir/r5/./Patient/DarthVader",
  "/fhir/r5/Observation/../Patient/DarthVader",
  "/fhir/r5/Observation/%2e%2e/Patient/DarthVader",
  "/fhir/r5\\Patient\\DarthVader",
  "/fhir/r5/Patient/%44arthVader",
  "/fhir/r5/Patient/DarthVader%2F_history",
  "/fhir/r5/Patient%5cDarthVader",
  "/..",
  "/",
];

/** Letters that small paths and small expressions are made of. */
const LETTERS = ["a", "b", "A", "/", ".", "-"];

const smallPath = few(fc.constantFrom(...LETTERS), 6).map((letters) => `/${letters.join("")}`);

/** The path of a request. */
export const path = often([6, fc.constantFrom(...PATHS)], [1, smallPath]);

/** The method of a request. */
export const method = often([4, fc.constant("GET")], [3, fc.constantFrom("HEAD", "PUT", "POST", "get")]);

const knownPath = fc.constantFrom(
  RECORD,
  "/fhir/r5/Patient/DarthVader(\\?.*)?",
  "/fhir/r5/Patient/DarthVader.*",
  "/fhir/r5/Patient/Darth.?Vader",
  "/fhir/r5/Patient/DarthVader2?",
  "/fhir/r5/Patient/?",
  "/fhir/r5/Patient/.*",
  "/fhir/r5/Patient/DarthVader/_history(/[0-9]+)?",
  "/fhir/r5/Patient/DarthVader/\\$everything",
  "/fhir/r5/Patient/DarthVader/$everything",
  "/fhir/r5/(Patient|Observation)/[A-Za-z0-9.-]{1,64}",
  "/fhir/r5/Patient/[^/]*",
  "^/fhir/r5/Patient/DarthVader$",
  "(?i)/FHIR/R5/PATIENT/DARTHVADER",
  "/fhir/r5/Observation/\\d",
  "/fhir|/fhir/r5/Patient/DarthVader",
  ".*",
  "",
  "/",
);

const malformedPattern = fc.constantFrom(
  "(",
  "[a",
  "a{2,1}",
  "*",
  "(?=a)",
  "a**",
  "\\",
  "(?P<n",
  "[b-a]",
  "\\8",
);

/** Small expressions of all that RE2 knows and paths can tell apart. */
const { small } = fc.letrec<{ small: string }>((tie) => ({
  small: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      ...LETTERS,
      "\\.",
      "\\/",
      "\\w",
      "\\W",
      "\\x61",
      "[ab]",
      "[^a]",
      "[[:alpha:]]",
      "\\pL",
      "^",
      "$",
      "\\b",
    ),
    fc.constantFrom("\\Qa.\\E", "(?i)a", "(?s).", "\\A", "\\z", "\\B", "[a-b.]", "\\x{62}", "\\PN"),
    fc.tuple(tie("small"), tie("small")).map(([one, other]) => one + other),
    fc.tuple(tie("small"), tie("small")).map(([one, other]) => `${one}|${other}`),
    fc
      .tuple(tie("small"), fc.constantFrom("*", "+", "?", "{0,2}", "{2}", "*?", "{1,}"))
      .map(([one, times]) => `(?:${one})${times}`),
    fc
      .tuple(fc.constantFrom("(", "(?:", "(?i:", "(?P<n>", "(?P<m>", "(?<k>"), tie("small"))
      .map(([open, one]) => `${open}${one})`),
  ),
}));

const smallPattern = small.map((expression) => `/${expression}`);

const pathPattern = rarely(600, malformedPattern, often([5, knownPath], [1, smallPattern]));

const methodPattern = rarely(
  600,
  malformedPattern,
  often(
    [6, fc.constant("GET")],
    [2, fc.constantFrom("GET|HEAD", "HEAD", "PUT", "", "get", "GE", "[A-Z]+", ".*")],
  ),
);

const headerMatch = rarely<object>(
  20,
  fc.constantFrom<object>({ name: "" }, { name: "x-org", mismatch: "FAIL" }),
  sometimes({
    name: [100, fc.constantFrom("x-org", "X-Purpose")],
    value: [70, fc.constantFrom("empire", "")],
    mismatch: [50, fc.constantFrom("LOG", "ADD", "DELETE", "REPLACE", "")],
  }),
);

/** An element of `rules.http`. */
export const httpRule: fc.Arbitrary<object> = sometimes({
  method: [75, methodPattern],
  path: [90, pathPattern],
  host: [2, rarely(10, malformedPattern, fc.constantFrom("fhir.example.com", ".*"))],
  headers: [3, few(fc.constantFrom("X-Org", "X-Org: empire", "X-Org empire", ""), 1)],
  headerMatches: [4, few(headerMatch, 2)],
});
