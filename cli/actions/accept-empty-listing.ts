import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import { changeBy, keepChange } from '../../lambda/run/people/personal-change';
import { lastListed } from '../../lambda/run/prove-listing';
import type { CommandContext } from '../command';
import type { AcceptOptions } from '../commands/accept-empty-listing';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import { describePerson } from '../person';
import { resolveTarget } from '../target';
import { TargetError } from '../target-error';
import { askFirst } from '../terminal';

/** Records that an empty listing is correct, until the next listing that has connections. */
export async function acceptEmptyListing(options: AcceptOptions, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(options, context, { history: 'writes', credentials: 'none' });
  const { terminal } = context;
  const { print, note, now } = terminal;
  const opened = openHistory(target, terminal);
  const { history } = opened;
  const { state } = await history.readState();
  const before = lastListed(state);
  if (before === 0) {
    const place = makeVisible(opened.place, 200);
    if (!state.trend.some(({ complete }) => complete)) {
      throw new TargetError([`no complete run of this tenant is known in ${place}; use --history for another history`]);
    }
    print('The last complete run listed no connections, so there is nothing to confirm.');
    return 0;
  }
  const { host } = target.address;
  note(fill(`The last complete run of ${host} listed ${count(before, 'connection')}.`, { columns: 80 }).join('\n'));
  const question = `Is it correct that ${host} no longer has any connections?`;
  const refusal = await askFirst(question, { yes: options.yes, nothingIs: 'changed' }, terminal);
  if (refusal !== undefined) return 1;
  const person = await describePerson({ target, opened, reason: options.reason }, terminal);
  const change = changeBy(person, { kind: 'accept_empty_listing', of: null, at: now() });
  const acceptedEmpty = { at: change.at, by: person.by };
  const failure = await keepChange(history, { person, change }, (current) => ({ ...current, acceptedEmpty }));
  if (failure !== null) throw new TargetError([`not confirmed: ${failure}`]);
  const confirmed =
    'Confirmed. The confirmation ends with the next listing that has connections. The next run with this history reports it.';
  print(fill(confirmed, { columns: 80 }).join('\n'));
  return 0;
}
