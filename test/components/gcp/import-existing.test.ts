import assert from "node:assert/strict";
import { importExisting } from "../../../components/gcp/import-existing.ts";

describe("importExisting", () => {
  it("names what exists already by project, location and path", () => {
    assert.deepEqual(
      importExisting({ adoptFrom: "kms-project", location: "us" }, "keyRings/ring/cryptoKeys/key"),
      {
        import: "projects/kms-project/locations/us/keyRings/ring/cryptoKeys/key",
      },
    );
  });

  it("imports nothing where no project is named", () => {
    assert.deepEqual(importExisting({ location: "us" }, "keyRings/ring"), {});
  });
});
