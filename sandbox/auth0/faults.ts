import type { Json } from '../json';

/**
 * What can go wrong with an exchange, by name. "Applied" says whether the request took effect before things went wrong,
 * which is what a client that writes must find out. `apply: true` turns a fault that is not applied into one that is.
 */
export type Fault =
  /** Answers this instead. Not applied. */
  | {
      readonly name: 'status';
      readonly status: number;
      readonly body?: Json;
      readonly headers?: Headers;
      readonly apply?: true;
    }
  /** The connection breaks before the request is handled. Not applied. */
  | { readonly name: 'reset' }
  /** The connection breaks after the request was handled and before any answer. Applied. */
  | { readonly name: 'reset_after' }
  /** Never answers. Not applied. */
  | { readonly name: 'hang'; readonly apply?: true }
  /** 200 with an answer that begins and never ends, a space at a time. Not applied. */
  | { readonly name: 'drip'; readonly apply?: true }
  /** 200 with half of the real body, framed as if it were whole. Applied. */
  | { readonly name: 'half_json' }
  /** 200 with the real body, a byte of its last text replaced by one that no UTF-8 has. Applied. */
  | { readonly name: 'not_utf8' }
  /** The headers and half of the body arrive, then the connection breaks. Applied. */
  | { readonly name: 'cut' }
  /** 200 with a page for people, as proxies send. Not applied. */
  | { readonly name: 'html'; readonly apply?: true }
  /** 200 without a body. Not applied. */
  | { readonly name: 'empty'; readonly apply?: true }
  /** 200 with other JSON than the endpoint's; `{}` unless said. Not applied. */
  | { readonly name: 'wrong_shape'; readonly body?: Json; readonly apply?: true }
  /** A page whose `next` leads back to itself, for ever. Applied. */
  | { readonly name: 'repeat_next' }
  /** An empty page with a `next` that was never seen before, for ever. Not applied. */
  | { readonly name: 'endless_next' }
  /** The page lacks its `next`, as if it were the last one. Applied. */
  | { readonly name: 'lose_next' }
  /** The page repeats its first connection at its end. Applied. */
  | { readonly name: 'duplicate' }
  /** 200 with a body of so many bytes (default 64 MB). Not applied. */
  | { readonly name: 'huge'; readonly bytes?: number }
  /** 302 to another origin. Not applied. */
  | { readonly name: 'redirect'; readonly to: string }
  /** Runs before the request is handled, e.g. someone else's edit; the exchange then goes on. */
  | { readonly name: 'before'; readonly run: Hook }
  /** Runs when the request has taken effect and before it is answered; the exchange then goes on. */
  | { readonly name: 'after_apply'; readonly run: Hook };

type Headers = { readonly [name: string]: string };
type Hook = () => void | Promise<void>;

export interface When {
  readonly method?: string;
  /** Exact, or with `*` for any run of characters; the query does not count. */
  readonly path?: string;
  /** The first matching request that is struck, from 1. Counted from the time the fault was scripted. */
  readonly nth?: number;
  /** How many matching requests are struck, from the nth on. Default 1; Infinity for every one. */
  readonly times?: number;
}

export interface Faults {
  /** Scripts a fault. Without `when`, the next request of any kind is struck. */
  add(fault: Fault, when?: When): void;
  /** The faults that strike this request, in the order they were scripted. Counts the request. */
  strike(method: string, path: string): readonly Fault[];
  clear(): void;
}

/** repeat_next and endless_next only mean something when they go on. */
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
