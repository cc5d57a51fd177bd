import { sizeAllowance } from "./size-allowance.ts";
import { type Anchored, withoutAnchors } from "./anchors.ts";
import { utf8Ranges, type ByteNode } from "./utf8-ranges.ts";
import { literalText } from "./regex-pattern.ts";
import { type Instruction, compileProgram } from "./regex-program.ts";
import { isUncertain, sizeBound } from "./size-bound.ts";

/**
 * The size of the program that RE2 makes of a regular expression, by which Envoy refuses policies.
 *
 * Source: google/re2, re2/compile.cc, `Compile`; re2/prog.cc, `Optimize` and `Flatten`. The program of re2js comes from
 * the same construction, with characters in place of bytes. Where the two may differ before, the size given here is one
 * that RE2's does not exceed.
 */

/** An instruction of a program of bytes: a step consumes one or looks at the position. */
type Node =
  | { readonly kind: "step"; next: Node }
  | { readonly kind: "alternative"; first: Node; second: Node }
  | { readonly kind: "match" }
  | { readonly kind: "fail" };

interface Graph {
  readonly start: Node;
  /** Where matching begins that may begin anywhere. */
  readonly unanchored: Node;
  readonly fail: Node;
  /** In the order in which RE2 makes them. */
  readonly order: ReadonlyMap<Node, number>;
}

const known = new Map<string, number>();

/**
 * The number of instructions, as RE2's `ProgramSize` has it.
 *
 * @throws RE2JSSyntaxException when the text is not a regular expression
 */
export function programSize(source: string): number {
  let size = known.get(source);
  if (size === undefined) {
    const literal = literalText(source);
    // One for each byte, and fail, match, and two that look for the beginning.
    if (literal !== undefined) return new TextEncoder().encode(literal).length + 4;
    const program = compileProgram(source);
    const shown = sizeOf(graphOf(withoutAnchors(source, program))) + sizeAllowance(source, program);
    size = isUncertain(source) ? Math.max(shown, sizeBound(source, programSize)) : shown;
    known.set(source, size);
  }
  return size;
}

function graphOf({ start: first, instructions, isAnchored }: Anchored): Graph {
  const order = new Map<Node, number>();
  const made = <Kind extends Node>(node: Kind): Kind => {
    order.set(node, order.size);
    return node;
  };
  const fail = made<Node>({ kind: "fail" });
  const nodes = instructions.map((instruction) => nodeOf(instruction, fail, made));
  const follow = (index: number): Node => {
    const instruction = instructions[index];
    if (instruction?.kind === "nothing") return follow(instruction.out);
    return nodes[index]?.entry ?? fail;
  };
  for (const [index, instruction] of instructions.entries()) {
    const { entry, exits } = nodes[index] ?? { entry: fail, exits: [] };
    if ("out" in instruction) for (const exit of exits) exit.next = follow(instruction.out);
    if (instruction.kind === "alternative" && entry.kind === "alternative") {
      entry.first = follow(instruction.out);
      entry.second = follow(instruction.other);
    }
  }
  const start = follow(first);
  if (isAnchored) return { start, unanchored: start, fail, order };
  const any = made<Node>({ kind: "step", next: fail });
  const unanchored = made<Node>({ kind: "alternative", first: start, second: any });
  if (any.kind === "step") any.next = unanchored;
  return { start, unanchored, fail, order };
}

type Step = Extract<Node, { kind: "step" }>;

/** What an instruction becomes, and the steps that lead on from there. */
function nodeOf(
  instruction: Instruction,
  fail: Node,
  made: <Kind extends Node>(node: Kind) => Kind,
): { entry: Node; exits: readonly Step[] } {
  switch (instruction.kind) {
    case "alternative":
      return { entry: made({ kind: "alternative", first: fail, second: fail }), exits: [] };
    case "position":
    case "capture": {
      const step = made<Step>({ kind: "step", next: fail });
      return { entry: step, exits: [step] };
    }
    case "characters": {
      const trie = utf8Ranges(instruction.ranges);
      return trie === undefined ? { entry: fail, exits: [] } : classOf(trie, fail, made);
    }
    case "match":
      return { entry: made({ kind: "match" }), exits: [] };
    default:
      return { entry: fail, exits: [] };
  }
}

function classOf(trie: ByteNode, fail: Node, made: <Kind extends Node>(node: Kind) => Kind) {
  const copies = new Map<ByteNode, Node>();
  const exits: Step[] = [];
  const copy = (node: ByteNode): Node => {
    const found = copies.get(node);
    if (found !== undefined) return found;
    if (node.kind === "alternative") {
      const alternative = {
        kind: "alternative" as const,
        first: copy(node.first),
        second: copy(node.second),
      };
      copies.set(node, alternative);
      return made(alternative);
    }
    const step: Step = { kind: "step", next: fail };
    copies.set(node, step);
    if (node.next === undefined) exits.push(step);
    else step.next = copy(node.next);
    return made(step);
  };
  return { entry: copy(trie), exits };
}

/** Divides the graph into lists of steps, each of which begins at a root, and counts what is in them. */
function sizeOf({ start, unanchored, fail, order }: Graph): number {
  const roots = new Set<Node>([fail, unanchored, start]);
  const parents = new Map<Node, Node[]>();
  for (const node of reachedFrom(unanchored, nextOf)) {
    if (node.kind === "step") roots.add(node.next);
    if (node.kind !== "alternative") continue;
    for (const next of [node.first, node.second]) parents.set(next, [...(parents.get(next) ?? []), node]);
  }
  const ordered = [...roots].sort((one, other) => (order.get(other) ?? 0) - (order.get(one) ?? 0));
  for (const root of ordered) {
    if (root === fail || root === start || root === unanchored) continue;
    const tree = treeOf(root, roots);
    for (const node of tree) {
      if ((parents.get(node) ?? []).some((parent) => !tree.has(parent))) roots.add(node);
    }
  }
  let size = 0;
  for (const root of roots) {
    // What is no alternative is an instruction, and so is the way to another root.
    for (const node of treeOf(root, roots)) {
      if (node.kind !== "alternative" || (node !== root && roots.has(node))) size += 1;
    }
  }
  return size;
}

/** All that is reached from a root through alternatives, up to other roots. */
function treeOf(root: Node, roots: ReadonlySet<Node>): Set<Node> {
  return reachedFrom(root, (node) =>
    node.kind === "alternative" && (node === root || !roots.has(node)) ? [node.first, node.second] : [],
  );
}

function nextOf(node: Node): Node[] {
  if (node.kind === "alternative") return [node.first, node.second];
  return node.kind === "step" ? [node.next] : [];
}

function reachedFrom(start: Node, next: (node: Node) => Node[]): Set<Node> {
  const reached = new Set<Node>();
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    pending.push(...next(node).reverse());
  }
  return reached;
}
