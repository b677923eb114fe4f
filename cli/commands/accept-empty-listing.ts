import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import { changeBy, keepChange } from '../../lambda/run/personal-change';
import { lastListed } from '../../lambda/run/prove-listing';
import { defineCommand } from '../command';
import { HISTORY, REASON, TARGET_OPTIONS, YES } from '../command-options';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import type { ValuesOf } from '../option';
import { describePerson } from '../person';
import { type ResolvedTarget, resolveTarget, TargetError } from '../target';
import { askFirst, type Terminal } from '../terminal';

const OPTIONS = { ...TARGET_OPTIONS, reason: REASON, yes: YES, history: HISTORY } as const;
type AcceptOptions = ValuesOf<typeof OPTIONS>;

export const acceptEmptyListingCommand = defineCommand({
  name: 'accept-empty-listing',
  summary: 'Confirms that the tenant has no connections any more',
  options: OPTIONS,
  example: 'accept-empty-listing --environment dev',
  exitCodes: {
    0: 'confirmed, or nothing to confirm',
    1: 'not confirmed; nothing was changed',
    2: 'history not readable, or wrong usage',
  },
  run: async (options, { environments, terminal }) =>
    accept(
      await resolveTarget(options, { environments, terminal }, { history: 'writes', credentials: 'none' }),
      options,
      terminal,
    ),
});

/** Records that an empty listing is true, until the next one that has connections. */
async function accept(target: ResolvedTarget, options: AcceptOptions, terminal: Terminal): Promise<ExitCode> {
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
  const question = `Does ${host} have no connections any more?`;
  const refusal = await askFirst(question, { yes: options.yes, nothingIs: 'changed' }, terminal);
  if (refusal !== undefined) return 1;
  const person = await describePerson({ target, opened, reason: options.reason }, terminal);
  const change = changeBy(person, { kind: 'accept_empty_listing', of: null, at: now() });
  const acceptedEmpty = { at: change.at, by: person.by };
  const failure = await keepChange(history, { person, change }, (current) => ({ ...current, acceptedEmpty }));
  if (failure !== null) throw new TargetError([`not confirmed: ${failure}`]);
  const confirmed =
    'Confirmed. It ends with the next listing that has connections. The next run with this history reports this.';
  print(fill(confirmed, { columns: 80 }).join('\n'));
  return 0;
}
