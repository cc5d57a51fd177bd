import { type Question, question } from "../l7/question.ts";
import type { Probe } from "./requests.ts";
import type { Access, Outcome } from "../verdict/verdict.ts";

/** Requests that many clients are asked about, so sorted that those are found quickly whose outcome may differ. */
export class Questionnaire {
  readonly questions: readonly Question[];
  /** Where requests stand that go on, by their path in normal form. */
  private readonly byPath = new Map<string, number[]>();
  /** Where all others stand. */
  private readonly special: readonly number[];

  constructor(probes: readonly Probe[]) {
    this.questions = probes.map(question);
    const special: number[] = [];
    for (const [index, { normal }] of this.questions.entries()) {
      const list = normal.kind === "path" ? (this.byPath.get(normal.path) ?? []) : special;
      list.push(index);
      if (normal.kind === "path") this.byPath.set(normal.path, list);
    }
    this.special = special;
  }

  /** The outcome of each. */
  outcomes({ paths, outcomeOf }: Access): Outcome[] {
    if (paths === undefined) return this.questions.map(outcomeOf);
    const outcomes = Array<Outcome>(this.questions.length).fill("denied");
    const ask = (indexes: readonly number[]) => {
      for (const index of indexes) {
        const asked = this.questions[index];
        if (asked !== undefined) outcomes[index] = outcomeOf(asked);
      }
    };
    ask(this.special);
    for (const path of paths) ask(this.byPath.get(path) ?? []);
    return outcomes;
  }
}
