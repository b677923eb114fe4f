import type { Wait } from '../../lambda/auth0/transport';
import type { Terminal } from '../terminal';

/** A shorter wait ends before an operator can read the message. */
const LEAST_MS = 1_000;

/** Shows the waits for a tenant on the terminal. Of several waits at the same time, it shows the latest. */
export function tellWaits({ waiting }: Pick<Terminal, 'waiting'>): ((wait: Wait) => () => void) | undefined {
  if (waiting === undefined) return undefined;
  const underWay: Wait[] = [];
  const tell = (): void => {
    const last = underWay.at(-1);
    waiting(last === undefined ? '' : describeWait(last));
  };
  return (wait) => {
    if (wait.milliseconds < LEAST_MS) return () => undefined;
    underWay.push(wait);
    tell();
    return () => {
      underWay.splice(underWay.indexOf(wait), 1);
      tell();
    };
  };
}

function describeWait({ milliseconds, why }: Wait): string {
  const seconds = `${Math.ceil(milliseconds / 1000)} s`;
  return why === 'rate_limit' ? `waiting ${seconds} for the rate limit` : `no answer, retrying in ${seconds}`;
}
