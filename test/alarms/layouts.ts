import type { Environment } from '../../lib/environment/environment';

const RECIPIENT = 'identity-team@example.org';
const ON_CALL = 'on-call@example.org';

/** The environment of every failure: in remediate mode, with recipients and a chat. */
export const ENVIRONMENT = {
  mode: 'remediate',
  caps: { maxChanges: 20, maxPercent: 5 },
  recipients: [RECIPIENT],
  chat: { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } },
} as const satisfies Partial<Environment>;

/** The topics of alerts and alarms. */
export const LAYOUTS = {
  'one topic': {},
  'two topics': { alarmRecipients: [ON_CALL] },
} as const satisfies Readonly<Record<string, Partial<Environment>>>;
export type Layout = keyof typeof LAYOUTS;

/** The possible receivers of messages. */
export const LISTENERS = ['alert recipients', 'alarm recipients', 'chat', 'findings consumers'] as const;
export type Listener = (typeof LISTENERS)[number];

/** The listener with the address of a subscription. Throws if there is none. */
export function listenerAt(endpoint: string): Listener {
  if (endpoint === RECIPIENT) return 'alert recipients';
  if (endpoint === ON_CALL) return 'alarm recipients';
  throw new Error(`no listener has the address ${endpoint}`);
}
