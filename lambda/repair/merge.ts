import { Sealed } from '../connection/sealed';
import { type RootAttributes, SETTING } from '../connection/setting';
import { type Member, membersOf } from './json-members';

/** The one change that a write makes: the setting gets this value, or goes. */
export type Change = { readonly action: 'set'; readonly to: RootAttributes } | { readonly action: 'remove' };

/**
 * The top-level fields that the API resets when a PATCH leaves them out (Management API reference, PATCH connections:
 * `display_name` becomes `name`, `is_domain_connection` and `show_as_button` become false, `realms` the name alone).
 */
const RESET_WHEN_LEFT_OUT = ['display_name', 'is_domain_connection', 'show_as_button', 'realms'];

/**
 * The body of a PATCH that changes the one setting: every other option exactly as it was read, since the API replaces
 * `options` whole. Throws where there are no options to send; a caller has made sure of them.
 */
export function mergeChange(connection: Sealed, change: Change): Sealed {
  const members = membersOf(connection.open());
  const echoed = members.filter(({ key }) => RESET_WHEN_LEFT_OUT.includes(key)).map(({ text }) => text);
  const options = membersOf(optionsOf(members));
  if (options.length === 0) throw new TypeError('no options to merge with');
  return new Sealed(`{${[`"options":${changed(options, change)}`, ...echoed].join(',')}}`);
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
