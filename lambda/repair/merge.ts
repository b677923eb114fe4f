import { ownEntry } from '../connection/own-entry';
import { Sealed } from '../connection/sealed';
import { type RootAttributes, SETTING } from '../connection/setting';
import type { Strategy } from '../connection/strategies';
import { type Member, membersOf } from './json-members';

/** The one change that a write makes: the setting gets this value, or goes. */
export type Change = { readonly action: 'set'; readonly to: RootAttributes } | { readonly action: 'remove' };

/**
 * The body of a PATCH that changes the one setting: every other option exactly as it was read, since the API replaces
 * `options` whole, and the fields that it resets where they are left out (`strategies.ts`), never as `null`. Throws where
 * there are no options to send, or none would be left; a caller has made sure of both.
 */
export function mergeChange(connection: Sealed, change: Change, { echoed }: Pick<Strategy, 'echoed'>): Sealed {
  const members = membersOf(connection.open());
  const fields = members.filter(({ key, value }) => ownEntry(echoed, key) !== undefined && value !== 'null');
  const options = changed(membersOf(optionsOf(members)), change);
  if (membersOf(options).every(({ value }) => value === 'null')) throw new TypeError('no options to send');
  return new Sealed(`{${[`"options":${options}`, ...fields.map(({ text }) => text)].join(',')}}`);
}

/** The whole connection as it should read after the change. */
export function applyChange(connection: Sealed, change: Change): Sealed {
  const members = membersOf(connection.open());
  const texts = members.map(({ key, text, value }) =>
    key === 'options' ? `"options":${changed(membersOf(value), change)}` : text,
  );
  return new Sealed(`{${texts.join(',')}}`);
}

function optionsOf(members: readonly Member[]): string {
  const options = members.findLast(({ key }) => key === 'options');
  if (options === undefined) throw new TypeError('no options to merge with');
  return options.value;
}

/** A set keeps the key's place, so that a diff of two bodies shows one line. */
function changed(options: readonly Member[], change: Change): string {
  const setting = change.action === 'set' ? [`"${SETTING}":${JSON.stringify(change.to)}`] : [];
  const place = options.findIndex(({ key }) => key === SETTING);
  const others = options.filter(({ key }) => key !== SETTING).map(({ text }) => text);
  const before = place < 0 ? others.length : place;
  return `{${[...others.slice(0, before), ...setting, ...others.slice(before)].join(',')}}`;
}
