/** The author of a write, from the tenant's log: a person in the Dashboard by e-mail, an application by name and id. */
export interface Author {
  readonly channel: 'dashboard' | 'api';
  readonly email: string | null;
  readonly clientName: string | null;
  readonly clientId: string | null;
  /** An IP address. */
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** A short name of an author: the person, otherwise the application. */
export function nameAuthor({ email, clientName, clientId, channel }: Author): string {
  return email ?? clientName ?? clientId ?? (channel === 'dashboard' ? 'a person in the Dashboard' : 'an application');
}
