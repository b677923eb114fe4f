import { usageFailure } from './failure';
import type { Value } from './given';
import type { Option } from './operation';

export interface ReadWords {
  /** The values by the names of the options, as they were written. */
  readonly values: ReadonlyMap<string, Value>;
  /** Words that belong to no option. */
  readonly positional: readonly string[];
  /** Words that look like unknown options. */
  readonly unknown: readonly string[];
}

type Options = { readonly [name: string]: Option };

/** Separates options and their values from other words, like Python's argparse. Names of options must be complete. */
export function readWords(words: readonly string[], options: Options): ReadWords {
  const values = new Map<string, Value>();
  const positional: string[] = [];
  const unknown: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const { name, isOn, option, inline } = findOption(word, options);
    if (option === undefined) {
      (looksLikeOption(word, options) ? unknown : positional).push(word);
    } else if (option.kind === 'flag' || option.kind === 'switch') {
      if (inline !== undefined)
        throw usageFailure(`aws: error: argument --${name}: ignored explicit argument '${inline}'`);
      values.set(name, isOn);
    } else if (option.kind === 'list') {
      const list = inline === undefined ? [] : [inline];
      while (inline === undefined && at + 1 < words.length && !looksLikeOption(words[at + 1], options)) {
        at += 1;
        list.push(words[at] ?? '');
      }
      if (list.length === 0) throw usageFailure(`aws: error: argument --${name}: expected at least one argument`);
      values.set(name, list);
    } else {
      const value = inline ?? words[at + 1];
      if (value === undefined || (inline === undefined && looksLikeOption(value, options))) {
        throw usageFailure(`aws: error: argument --${name}: expected one argument`);
      }
      if (inline === undefined) at += 1;
      values.set(name, readValue(name, value, option));
    }
  }
  return { values, positional, unknown };
}

/** `--NAME`, `--NAME=VALUE`, and `--no-NAME` for a flag. */
function findOption(word: string, options: Options) {
  const [, given = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  const isFlag = (name: string) => Object.hasOwn(options, name) && options[name]?.kind === 'flag';
  const isOff = given.startsWith('no-') && isFlag(given.slice(3));
  const name = isOff ? given.slice(3) : given;
  return { name, isOn: !isOff, option: Object.hasOwn(options, name) ? options[name] : undefined, inline };
}

/** docs.python.org/3/library/argparse.html#arguments-containing: a word with a space or a negative number is a value. */
function looksLikeOption(word: string | undefined, options: Options): boolean {
  if (word === undefined || !word.startsWith('-') || word === '-') return false;
  if (findOption(word, options).option !== undefined) return true;
  return !/^-\d+$|^-\d*\.\d+$/.test(word) && !word.includes(' ');
}

function readValue(name: string, value: string, { kind, choices }: Option): Value {
  if (choices !== undefined && !choices.includes(value)) {
    throw usageFailure(`aws: error: argument --${name}: Found invalid choice '${value}'`);
  }
  if (kind !== 'number') return value;
  if (!/^-?\d+$/.test(value)) throw usageFailure(`aws: error: argument --${name}: invalid int value: '${value}'`);
  return Number(value);
}
