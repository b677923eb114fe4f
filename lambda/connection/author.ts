/** Who wrote, as the log tells: a person in the Dashboard by e-mail, an application by name and id. */
export interface Author {
  readonly channel: 'dashboard' | 'api';
  readonly email: string | null;
  readonly clientName: string | null;
  readonly clientId: string | null;
  /** An IP address. */
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** An author in a few words: the person, else the application. */
export function nameAuthor({ email, clientName, clientId, channel }: Author): string {
  return email ?? clientName ?? clientId ?? (channel === 'dashboard' ? 'a person in the Dashboard' : 'an application');
}
