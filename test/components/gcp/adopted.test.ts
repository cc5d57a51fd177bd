import assert from "node:assert/strict";
import { adopted } from "../../../components/gcp/adopted.ts";

describe("adopted", () => {
  it("names what exists already by project, location and path", () => {
    assert.deepEqual(adopted({ adoptFrom: "kms-project", location: "us" }, "keyRings/ring/cryptoKeys/key"), {
      import: "projects/kms-project/locations/us/keyRings/ring/cryptoKeys/key",
    });
  });

  it("adopts nothing where no project is named", () => {
    assert.deepEqual(adopted({ location: "us" }, "keyRings/ring"), {});
  });
});
