import { parseSync } from '@swc/core';

/** The facts about a source file that the rules of the architecture use. */
export interface SourceFacts {
  readonly imports: readonly Import[];
  /** It has an asynchronous function: the keyword `async`, or `for await`. */
  readonly waits: boolean;
  readonly readsProcessEnv: boolean;
  /** It reads the clock: `Date.now`, or `new Date()` without an argument. */
  readonly readsClock: boolean;
  readonly texts: ReadonlySet<string>;
}

export interface Import {
  readonly specifier: string;
  /** Removed by the compiler: `import type`, `export type`, or every name marked as a type. */
  readonly isTypeOnly: boolean;
  /** `import()`: loaded when the line runs, not at the start. */
  readonly isOnDemand: boolean;
}

/** Reads the syntax tree, because a text search finds words in comments and misses code that spans lines. */
export function readFacts(source: string): SourceFacts {
  const imports: Import[] = [];
  const texts = new Set<string>();
  const facts = { waits: false, readsProcessEnv: false, readsClock: false };
  const tree: unknown = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  for (const node of nodesIn(tree)) {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      imports.push({ specifier, isTypeOnly: isTypeOnly(node), isOnDemand: isOnDemand(node) });
    }
    if (node.type === 'StringLiteral' && typeof node.value === 'string') texts.add(node.value);
    // A key without quotes counts as the same text: `{ waad: ... }`.
    if (node.type === 'KeyValueProperty' && isNode(node.key) && node.key.type === 'Identifier') {
      texts.add(String(node.key.value));
    }
    facts.waits ||= node.async === true || node.isAwait === true || node.type === 'AwaitExpression';
    facts.readsProcessEnv ||= isMember(node, 'process', 'env');
    facts.readsClock ||= isMember(node, 'Date', 'now') || isNewDate(node);
  }
  return { imports, texts, ...facts };
}

interface Node {
  readonly type?: unknown;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function* nodesIn(tree: unknown): Generator<Node> {
  if (!isNode(tree)) return;
  yield tree;
  for (const child of Object.values(tree)) yield* nodesIn(child);
}

/** A specifier that cannot be determined from the source. */
export const COMPUTED = '(computed)';

const DECLARATIONS = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];

/**
 * The specifier that a node imports: a declaration, `import()`, `require()`, `import x = require()`, or a type
 * `import('x').Y`.
 */
function specifierOf(node: Node): string | undefined {
  if (DECLARATIONS.some((type) => type === node.type)) return textOf(node.source);
  if (node.type === 'TsImportType') return textOf(node.argument);
  if (node.type === 'TsExternalModuleReference') return textOf(node.expression);
  if (node.type !== 'CallExpression' || !isNode(node.callee) || !Array.isArray(node.arguments)) return undefined;
  const { callee } = node;
  const isImport = callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require');
  if (!isImport) return undefined;
  const argument: unknown = node.arguments[0]?.expression;
  return isNode(argument) && argument.type === 'StringLiteral' ? textOf(argument) : COMPUTED;
}

function textOf(node: unknown): string | undefined {
  return isNode(node) && typeof node.value === 'string' ? node.value : undefined;
}

function isTypeOnly(node: Node): boolean {
  if (node.typeOnly === true || node.type === 'TsImportType') return true;
  const specifiers: unknown = node.specifiers;
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((specifier: unknown) => isNode(specifier) && specifier.isTypeOnly === true);
}

function isOnDemand({ type, callee }: Node): boolean {
  return type === 'CallExpression' && isNode(callee) && callee.type === 'Import';
}

function isMember(node: Node, object: string, property: string): boolean {
  return node.type === 'MemberExpression' && textOf(node.object) === object && textOf(node.property) === property;
}

function isNewDate(node: Node): boolean {
  if (node.type !== 'NewExpression' || textOf(node.callee) !== 'Date') return false;
  return !Array.isArray(node.arguments) || node.arguments.length === 0;
}
