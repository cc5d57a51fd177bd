import fc from "fast-check";
import { few, often, rarely } from "./chances.ts";

/** Regular expressions: those that one writes for FHIR, and those that only RE2 would think of. */

/** Letters that small paths and small expressions are made of. */
export const LETTERS = ["a", "b", "A", "/", ".", "-"];

const LITERALS = [
  ...LETTERS,
  "Patient",
  "DarthVader",
  "é",
  "€",
  "😀",
  "\\.",
  "\\/",
  "\\x61",
  "\\x{20ac}",
  "\\Qa.\\E",
];

const CLASSES = [
  ..."\\d \\D \\w \\W \\s \\S . (?s:.) [ab] [^a] [a-z] [A-Za-z0-9.-] [^/] [^/?] [[:alpha:]] [[:^digit:]]".split(
    " ",
  ),
  ..."\\pL \\PN \\p{Greek} \\p{^Lu} [\\d-] [é-ü] [a-€] [^\\x00-\\x7f] [\\pN_] (?i:[a-k])".split(" "),
];

const POSITIONS = ["^", "$", "\\b", "\\B", "\\A", "\\z", "(?m)^", "(?m)$", "(?i)", "(?s)", "(?-i)", "(?U)"];

const TIMES = [
  "*",
  "+",
  "?",
  "*?",
  "+?",
  "??",
  "{2}",
  "{0,2}",
  "{1,}",
  "{0,}",
  "{3,5}",
  "{0}",
  "{1}",
  "{1,64}",
];

const GROUPS = ["(", "(?:", "(?i:", "(?s:", "(?U:", "(?m:", "(?i-s:", "(?P<n>", "(?P<m>", "(?<k>"];

/** All that RE2 knows. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...LITERALS),
    fc.constantFrom(...CLASSES),
    fc.constantFrom(...POSITIONS),
    fc.tuple(tie("expression"), tie("expression")).map((parts) => parts.join("")),
    fc.array(tie("expression"), { minLength: 2, maxLength: 4 }).map((parts) => parts.join("|")),
    fc.tuple(tie("expression"), fc.constantFrom(...TIMES)).map(([one, times]) => `(?:${one})${times}`),
    fc
      .tuple(fc.constantFrom(...LITERALS, ...CLASSES), fc.constantFrom(...TIMES))
      .map((parts) => parts.join("")),
    fc.tuple(fc.constantFrom(...GROUPS), tie("expression")).map(([open, one]) => `${open}${one})`),
  ),
}));

const segment = often(
  [4, fc.constantFrom("Patient", "Observation", "_history", "DarthVader", "fhir", "r5", "intersystems")],
  [
    3,
    fc.constantFrom(
      "[^/]+",
      "[A-Za-z0-9.-]{1,64}",
      ".*",
      "\\$everything",
      "[0-9]+",
      "\\d+",
      "(Patient|Observation)",
    ),
  ],
  [1, fc.stringMatching(/^[A-Za-z0-9.-]{1,30}$/)],
);

/** Paths as policies for FHIR have them. */
const path = fc
  .tuple(few(segment, 8, 1), fc.constantFrom("", "", "/", "(\\?.*)?", "(/_history(/[^/]+)?)?", "$", "/.*"))
  .map(([segments, end]) => `/${segments.join("/")}${end}`);

/** Several of them as one. */
const paths = fc
  .uniqueArray(path, { minLength: 2, maxLength: 4, selector: (one) => one.replaceAll("\\d", "[0-9]") })
  .map((list) => list.join("|"));

/** Regular expressions as one writes them for FHIR. */
export const fhirPattern = often([3, path], [1, paths], [1, paths.map((list) => `(${list})`)]);

/** Any regular expression, and now and then what is none. */
export const anyPattern = rarely(50, fc.string({ maxLength: 12 }), often([1, fhirPattern], [1, expression]));
