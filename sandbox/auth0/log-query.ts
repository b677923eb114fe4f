import type { JsonObject } from '../json';

type Matches = (entry: JsonObject) => boolean;

/** docs log-search-query-syntax.mdx, "Searchable fields". No field under `details` is searchable. */
const FIELDS = [
  'client_id',
  'client_name',
  'connection',
  'connection_id',
  'description',
  'date',
  'hostname',
  'ip',
  'log_id',
  'organization_id',
  'user_id',
  'user_name',
  'user_agent',
  'strategy',
  'strategy_type',
  'type',
];

/**
 * The emulated part of the search syntax: `field:value`, `field:"phrase"`, `field:prefix*` and `date:[from TO to]` (curly
 * brackets exclude), each with an optional NOT, joined by AND. Undefined for any other syntax: the sandbox refuses a search
 * that it cannot answer correctly.
 */
export function parseLogQuery(text: string): Matches | undefined {
  if (text.trim() === '') return () => true;
  const clauses = text.split(' AND ').map((clause) => parseClause(clause.trim()));
  return clauses.every((clause) => clause !== undefined)
    ? (entry) => clauses.every((clause) => clause(entry))
    : undefined;
}

function parseClause(text: string): Matches | undefined {
  if (text.startsWith('NOT ')) {
    const inner = parseClause(text.slice('NOT '.length));
    return inner === undefined ? undefined : (entry) => !inner(entry);
  }
  const [, field = '', value = ''] = /^([a-z_]+):(.+)$/s.exec(text) ?? [];
  if (!FIELDS.includes(field)) return undefined;
  const range = /^([[{])(\S+) TO (\S+)([\]}])$/.exec(value);
  if (range !== null) return parseRange(field, range);
  const phrase = /^"([^"]*)"$/.exec(value);
  if (phrase !== null) return (entry) => entry[field] === phrase[1];
  if (/[\s()"[\]{}]/.test(value)) return undefined;
  const pattern = new RegExp(`^${value.split('*').map(escapePattern).join('.*')}$`, 's');
  return (entry) => pattern.test(String(entry[field] ?? ''));
}

function parseRange(field: string, [, open, from = '*', to = '*', close]: RegExpExecArray): Matches {
  const least = field === 'date' ? toTime(from, false) : from;
  const most = field === 'date' ? toTime(to, close === ']') : to;
  return (entry) => {
    const text = String(entry[field] ?? '');
    const value = field === 'date' ? Date.parse(text) : text;
    const above = from === '*' || (open === '[' ? value >= least : value > least);
    const below = to === '*' || (close === ']' ? value <= most : value < most);
    return above && below;
  };
}

/** A day or month as the inclusive end of a range means its last millisecond. */
function toTime(text: string, end: boolean): number {
  if (!end || text.includes('T')) return Date.parse(text);
  const date = new Date(text);
  if (/^\d{4}-\d{2}$/.test(text)) date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + 1);
  return date.getTime() - 1;
}

function escapePattern(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
