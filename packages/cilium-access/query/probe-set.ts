import { type PreparedRequest, prepareRequest } from "../l7/http-request.ts";
import type { Probe } from "./probes.ts";
import type { PairAccess, Outcome } from "../verdict/verdict.ts";

/** Requests that many clients are asked about, so sorted that those are found quickly whose outcome may differ. */
export class ProbeSet {
  readonly requests: readonly PreparedRequest[];
  /** Where requests stand that go on, by their path in normal form. */
  private readonly byPath = new Map<string, number[]>();
  /** Where all others stand. */
  private readonly special: readonly number[];

  constructor(probes: readonly Probe[]) {
    this.requests = probes.map(prepareRequest);
    const special: number[] = [];
    for (const [index, { normal }] of this.requests.entries()) {
      const list = normal.kind === "path" ? (this.byPath.get(normal.path) ?? []) : special;
      list.push(index);
      if (normal.kind === "path") this.byPath.set(normal.path, list);
    }
    this.special = special;
  }

  /** The outcome of each. */
  outcomes({ paths, outcomeOf }: PairAccess): Outcome[] {
    if (paths === undefined) return this.requests.map(outcomeOf);
    const outcomes = Array<Outcome>(this.requests.length).fill("denied");
    const ask = (indexes: readonly number[]) => {
      for (const index of indexes) {
        const asked = this.requests[index];
        if (asked !== undefined) outcomes[index] = outcomeOf(asked);
      }
    };
    ask(this.special);
    for (const path of paths) ask(this.byPath.get(path) ?? []);
    return outcomes;
  }
}
