import { ownEntry } from '../connection/own-entry';
import { Sealed } from '../connection/sealed';
import { type RootAttributes, SETTING } from '../connection/setting';
import type { Strategy } from '../connection/strategies';
import { type Member, membersOf } from './json-members';

/** The one change that a write makes: it sets the setting to this value, or removes the setting. */
export type Change = { readonly action: 'set'; readonly to: RootAttributes } | { readonly action: 'remove' };

/**
 * The body of a PATCH that changes the one setting. It contains every other option exactly as read, because the API
 * replaces `options` completely. It also contains the fields that the API resets if they are omitted (`strategies.ts`),
 * never as `null`. Throws if there are no options to send, or none would remain. The caller has checked both.
 */
export function mergeChange(connection: Sealed, change: Change, { echoed }: Pick<Strategy, 'echoed'>): Sealed {
  const members = membersOf(connection.open());
  const fields = members.filter(({ key, value }) => ownEntry(echoed, key) !== undefined && value !== 'null');
  const options = changed(membersOf(optionsOf(members)), change);
  if (membersOf(options).every(({ value }) => value === 'null')) throw new TypeError('no options to send');
  return new Sealed(`{${[`"options":${options}`, ...fields.map(({ text }) => text)].join(',')}}`);
}

/** The whole connection as it should be after the change. */
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

/** A change of the value keeps the position of the key, so that a diff of two bodies shows one line. */
function changed(options: readonly Member[], change: Change): string {
  const setting = change.action === 'set' ? [`"${SETTING}":${JSON.stringify(change.to)}`] : [];
  const place = options.findIndex(({ key }) => key === SETTING);
  const others = options.filter(({ key }) => key !== SETTING).map(({ text }) => text);
  const before = place < 0 ? others.length : place;
  return `{${[...others.slice(0, before), ...setting, ...others.slice(before)].join(',')}}`;
}
