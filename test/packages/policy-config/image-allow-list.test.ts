import assert from "node:assert/strict";
import fc from "fast-check";
import { exempts, SOLE_PUBLISHERS, tooBroad } from "../../../packages/policy-config/image-allow-list.ts";

const digest = `@sha256:${"a".repeat(64)}`;
const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const host = fc.tuple(word, word).map((parts) => parts.join("."));
const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const image = fc.tuple(host, path).map(([registry, name]) => `${registry}/${name}${digest}`);

describe("a pattern of the allow-list", () => {
  it("stands for one path segment with *, and for any depth with **", () => {
    assert.ok(exempts("gcr.io/nginx*", `gcr.io/nginx${digest}`));
    assert.ok(!exempts("gcr.io/nginx*", `gcr.io/nginx/image${digest}`));
    assert.ok(exempts("gcr.io/nginx**", `gcr.io/nginx/image${digest}`));
    assert.ok(!exempts("gcr.io/nginx*", `gcr.io/mynginx${digest}`));
  });

  it("exempts exactly what it spells where it has no wildcard", () => {
    fc.assert(fc.property(image, image, (one, other) => exempts(one, other) === (one === other)));
  });

  it("with * exempts an image if and only if the rest of its name has no slash", () => {
    fc.assert(
      fc.property(image, fc.nat(), (name, cut) => {
        const length = cut % name.length;
        assert.equal(exempts(`${name.slice(0, length)}*`, name), !name.slice(length).includes("/"));
        assert.ok(exempts(`${name.slice(0, length)}**`, name));
      }),
    );
  });

  it("never exempts less with ** than with *", () => {
    fc.assert(
      fc.property(image, image, fc.nat(), (name, other, cut) => {
        const stem = name.slice(0, cut % name.length);
        return !exempts(`${stem}*`, other) || exempts(`${stem}**`, other);
      }),
    );
  });

  it("is narrow only if everything that it exempts is of one owner, or of one publisher's registry", () => {
    const stem = fc
      .tuple(host, fc.constantFrom("/", ""), path, fc.constantFrom("", "/"))
      .map((parts) => parts.join(""));
    const pattern = fc.tuple(stem, fc.constantFrom("", "*", "**")).map((parts) => parts.join(""));
    const ownerOf = (name: string) => name.split(/[@/]/).slice(0, 2).join("/");
    fc.assert(
      fc.property(pattern, image, image, (tried, one, other) => {
        fc.pre(tooBroad(tried) === undefined);
        const base = tried.replace(/\*+$/, "");
        const exempted = [one, other, base + one, base + other].filter((name) => exempts(tried, name));
        assert.equal(
          new Set(exempted.map(ownerOf)).size <= 1,
          true,
          `${tried} exempts ${exempted.join(" and ")}`,
        );
      }),
    );
  });

  it("is narrow through a mirror only if everything that it exempts there is of one owner", () => {
    const mirror = "us-central1-docker.pkg.dev/project/quay/";
    const owner = fc.constantFrom("a", "ab", "abc", "b");
    const wildcard = fc.constantFrom("", "*", "**");
    fc.assert(
      fc.property(owner, owner, owner, fc.nat(), wildcard, (named, one, other, cut, end) => {
        const whole = `${mirror}${named}/x/y${digest}`;
        const pattern = `${whole.slice(0, cut % whole.length)}${end}`;
        fc.pre(one !== other && tooBroad(pattern, [mirror]) === undefined);
        const both = [one, other].filter((name) => exempts(pattern, `${mirror}${name}/x/y${digest}`));
        assert.ok(both.length < 2, `${pattern} exempts images of ${both.join(" and ")}`);
      }),
    );
  });

  for (const narrow of [
    "gcr.io/google_containers/*",
    "gcr.io/google-containers/*",
    "gcr.io/stackdriver-agents/*",
    "us-docker.pkg.dev/my-project/**",
    "gcr.io/my-project/my-image*",
    "localhost:5000/team/*",
    `docker.io/library/busybox${digest}`,
    ...Object.keys(SOLE_PUBLISHERS).flatMap((registry) => [`${registry}/*`, `${registry}/**`]),
  ]) {
    it(`is narrow: ${narrow}`, () => {
      assert.equal(tooBroad(narrow), undefined);
    });
  }

  for (const [broad, why] of [
    ["*", "names no registry: begin it with HOST/"],
    ["**", "names no registry: begin it with HOST/"],
    ["gcr.io", "names no registry: begin it with HOST/"],
    ["nginx*", "names no registry: begin it with HOST/"],
    ["library/nginx*", "names no registry: begin it with HOST/"],
    ["registry.k8s.io*", "names no registry: begin it with HOST/"],
    ["gcr.io/", "names no image"],
    ["gcr.io/*", "exempts the images of every owner at gcr.io: name one, gcr.io/OWNER/"],
    ["gcr.io/**", "exempts the images of every owner at gcr.io: name one, gcr.io/OWNER/"],
    ["docker.io/*", "exempts the images of every owner at docker.io: name one, docker.io/OWNER/"],
    [
      "gcr.io/goog*",
      'exempts the images of every owner whose name begins with "goog" at gcr.io: name one, gcr.io/OWNER/',
    ],
    ["*.gcr.io/project/*", "has a wildcard elsewhere than at its end, where Google does not take one"],
    ["gcr.io/*/nginx", "has a wildcard elsewhere than at its end, where Google does not take one"],
    ["gcr.io/project/***", "has a wildcard elsewhere than at its end, where Google does not take one"],
  ] as const) {
    it(`is too broad: ${broad}`, () => {
      assert.equal(tooBroad(broad), why);
    });
  }
});
