import type { Json } from '../json';

/**
 * The faults of an exchange, by name. "Applied" means that the request had an effect before the fault. A client that writes
 * has to find out whether it had. `apply: true` changes a fault that is not applied into an applied fault.
 */
export type Fault =
  /** Sends this answer instead. Not applied. */
  | {
      readonly name: 'status';
      readonly status: number;
      readonly body?: Json;
      readonly headers?: Headers;
      readonly apply?: true;
    }
  /** The connection breaks before the request is handled. Not applied. */
  | { readonly name: 'reset' }
  /** The connection breaks after the request was handled, before any answer. Applied. */
  | { readonly name: 'reset_after' }
  /** Never answers. Not applied. */
  | { readonly name: 'hang'; readonly apply?: true }
  /** 200 with an answer that begins and never ends: one space after the other. Not applied. */
  | { readonly name: 'drip'; readonly apply?: true }
  /** 200 with half of the real body, framed as if it were complete. Applied. */
  | { readonly name: 'half_json' }
  /** 200 with the real body, in which one byte of the last string is not valid UTF-8. Applied. */
  | { readonly name: 'not_utf8' }
  /** The headers and half of the body arrive, then the connection breaks. Applied. */
  | { readonly name: 'cut' }
  /** 200 with an HTML page, as proxies send. Not applied. */
  | { readonly name: 'html'; readonly apply?: true }
  /** 200 without a body. Not applied. */
  | { readonly name: 'empty'; readonly apply?: true }
  /** 200 with other JSON than the JSON of the endpoint; default `{}`. Not applied. */
  | { readonly name: 'wrong_shape'; readonly body?: Json; readonly apply?: true }
  /** A page whose `next` always returns to the same page. Applied. */
  | { readonly name: 'repeat_next' }
  /** An empty page with a new `next` each time. Not applied. */
  | { readonly name: 'endless_next' }
  /** The page has no `next`, as if it were the last page. Applied. */
  | { readonly name: 'lose_next' }
  /** The page repeats its first connection at its end. Applied. */
  | { readonly name: 'duplicate' }
  /** 200 with a body of this number of bytes (default 64 MB). Not applied. */
  | { readonly name: 'huge'; readonly bytes?: number }
  /** 302 to another origin. Not applied. */
  | { readonly name: 'redirect'; readonly to: string }
  /** Runs before the request is handled, for example an edit of another person. The exchange then continues. */
  | { readonly name: 'before'; readonly run: Hook }
  /** Runs after the request had its effect and before the answer. The exchange then continues. */
  | { readonly name: 'after_apply'; readonly run: Hook };

type Headers = { readonly [name: string]: string };
type Hook = () => void | Promise<void>;

export interface When {
  readonly method?: string;
  /** Exact, or with `*` for any number of characters. The query is ignored. */
  readonly path?: string;
  /** The first matching request that is affected, from 1. Counted from the time at which the fault was scripted. */
  readonly nth?: number;
  /** The number of affected matching requests, from the nth request. Default 1; Infinity for all. */
  readonly times?: number;
}

export interface Faults {
  /** Scripts a fault. Without `when`, the fault affects the next request of any kind. */
  add(fault: Fault, when?: When): void;
  /** The faults that affect this request, in the order of the script. Counts the request. */
  strike(method: string, path: string): readonly Fault[];
  clear(): void;
}

/** repeat_next and endless_next apply to all following requests by default. */
function defaultTimes(fault: Fault): number {
  return fault.name === 'repeat_next' || fault.name === 'endless_next' ? Infinity : 1;
}

export function createFaults(): Faults {
  let scripted: { readonly fault: Fault; readonly when: When; seen: number }[] = [];
  return {
    add(fault, when = {}) {
      scripted.push({ fault, when, seen: 0 });
    },
    strike(method, path) {
      const struck: Fault[] = [];
      for (const entry of scripted) {
        const { fault, when } = entry;
        if (when.method !== undefined && when.method !== method) continue;
        if (when.path !== undefined && !matchesPath(when.path, path)) continue;
        entry.seen += 1;
        const first = when.nth ?? 1;
        if (entry.seen >= first && entry.seen < first + (when.times ?? defaultTimes(fault))) struck.push(fault);
      }
      return struck;
    },
    clear() {
      scripted = [];
    },
  };
}

function matchesPath(pattern: string, path: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(path);
}
