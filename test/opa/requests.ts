import fc from "fast-check";

/** Arbitrary requests to the DICOMweb policy. */

export interface ClinicRules {
  readonly transactions?: readonly string[];
  readonly hours?: { readonly timeZone: string; readonly from: string; readonly to: string };
  readonly studies?: Readonly<Record<string, { readonly groups: readonly string[] }>>;
}

const CLINICS = ["MetaCell", "Other", "night"];
const STUDIES = ["1.2.3", "1.2.4", "1.2.34", "0"];
const GROUPS = [...CLINICS, "cardiology"];

/** What may stand anywhere in a path, and make it another or another form of the same. */
const TRICKS = [
  ..."// /. /.. /../ /./ .. . ; ;/ \\ ? # % %2f %2F %5c %2e %2e%2e/ %44 %61 %00 %20 %252f / 0 1 x , * + ~ \n é".split(
    " ",
  ),
];

const uid = fc.constantFrom(...STUDIES, ...STUDIES, "1.2", "01", "1..2", "1.");
const prefix = fc
  .tuple(fc.constantFrom(...CLINICS, ...CLINICS, "unknown", "a b"), fc.boolean())
  .map(([clinic, isGoogle]) =>
    isGoogle
      ? `/v1/projects/${clinic}/locations/us-east4/datasets/d/dicomStores/s/dicomWeb`
      : `/clinic/${clinic}/store/1/dicomweb`,
  );
const level = fc.constantFrom("studies", "series", "instances");
const end = fc.constantFrom(
  "",
  "/metadata",
  "/rendered",
  "/thumbnail",
  "/frames/1,2",
  "/frames/0",
  "/bulkdata/7FE0/1",
);
const resource = fc.oneof(
  level.map((name) => `/${name}`),
  fc.tuple(uid, end).map(([study, more]) => `/studies/${study}${more}`),
  fc.tuple(uid, level).map(([study, more]) => `/studies/${study}/${more}`),
  fc.tuple(uid, uid, end).map(([study, series, more]) => `/studies/${study}/series/${series}${more}`),
  fc
    .tuple(uid, uid, uid, end)
    .map(
      ([study, series, instance, more]) => `/studies/${study}/series/${series}/instances/${instance}${more}`,
    ),
);

/** A DICOMweb path, now and then with something in place of a part of it. */
const path = fc
  .tuple(
    prefix,
    resource,
    fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      {
        weight: 2,
        arbitrary: fc.array(fc.tuple(fc.nat(90), fc.nat(2), fc.constantFrom(...TRICKS)), {
          minLength: 1,
          maxLength: 2,
        }),
      },
    ),
  )
  .map(([start, rest, changes]) =>
    changes.reduce((text, [place, less, more]) => {
      const at = place % (text.length + 1);
      return `${text.slice(0, at)}${more}${text.slice(at + less)}`;
    }, `${start}${rest}`),
  );

const time = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 1, 30, 59))
  .map(([hour, minute]) => clock(hour * 60 + minute));

/** `HH:MM` of a minute of the day. */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

const groups = fc.oneof(
  { weight: 2, arbitrary: fc.constant(GROUPS) },
  fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 4 }),
);

const rules = fc.record(
  {
    transactions: fc.uniqueArray(fc.constantFrom("search", "retrieve", "store"), { minLength: 1 }),
    hours: fc.record({ timeZone: fc.constant("UTC"), from: time, to: time }),
    studies: fc.dictionary(fc.constantFrom(...STUDIES), fc.record({ groups }), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** The rules of clinics, one of which may be missing. */
const clinics = fc.dictionary(fc.constantFrom(...CLINICS), rules, { minKeys: 2, noNullPrototype: true });

/** What is wrong with a token; nothing, more often than not. */
const flaw = fc.oneof(
  { weight: 6, arbitrary: fc.constant("none" as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...([
        "foreign key",
        "no kid",
        "other kid",
        "other algorithm",
        "other issuer",
        "other audience",
      ] as const),
      ...([
        "expired",
        "no exp",
        "not begun",
        "no nbf",
        "text groups",
        "two headers",
        "no header",
        "Basic",
      ] as const),
    ),
  },
);

/** A request, as far as the policy is to see it. */
export const question = fc.record({
  method: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("GET", "GET", "GET", "POST") },
    fc.constantFrom("HEAD", "PUT", "DELETE", "get"),
  ),
  path,
  groups,
  flaw,
  clinics,
  minute: fc.nat(1439),
  shape: fc.constantFrom("envoy", "lists", "texts"),
});
export type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;
