import { keysOf } from '../../lambda/connection/tables';
import { table } from '../markdown';
import { drifted, report } from './by-connections';
import { dollarsOfRuns, dollarsOfStack } from './month';
import { count, dollarsText } from './number-words';
import { costOf, PRICES } from './prices';
import { QUOTAS, WINDOW_MINUTES } from './quotas';

/**
 * The number of tenants, with the seconds that `cdk synth` took and the megabytes that it wrote. Measured one time with two
 * cores, Node.js 20 and the files of docs/many-tenants.md.
 */
const TENANTS = [
  { tenants: 1, synthSeconds: 6, assemblyMb: 4 },
  { tenants: 10, synthSeconds: 6, assemblyMb: 37 },
  { tenants: 50, synthSeconds: 9, assemblyMb: 184 },
  { tenants: 100, synthSeconds: 13, assemblyMb: 367 },
  { tenants: 500, synthSeconds: 53, assemblyMb: 1_835 },
];

/** For each number of tenants: the price of the stacks, the number of simultaneous runs, and the effort of a synthesis. */
export function tenantsTable(): string {
  const one = report('enterprise', 10_000);
  const runs = dollarsOfRuns({ seconds: one.seconds, megabytes: one.megabytes, findings: drifted(10_000) });
  const rows = TENANTS.map(({ tenants, synthSeconds, assemblyMb }) => {
    const dollars = (keyVersions: 0 | 1 | 3) => tenants * (dollarsOfStack(keyVersions) + runs);
    const shared = [1, 3].map((versions) => dollarsText(dollars(0) + costOf('key', versions)));
    return [
      count(tenants),
      dollarsText(dollars(1)),
      dollarsText(dollars(3)),
      shared.join(' to '),
      count(Math.ceil((tenants * one.seconds) / (WINDOW_MINUTES * 60))),
      count(synthSeconds),
      count(assemblyMb),
      firstReached(tenants),
    ];
  });
  const columns = [
    'Tenants, stacks',
    'USD a month, first year',
    'From the third year',
    'With one shared key',
    'Simultaneous runs',
  ];
  return table([...columns, '`cdk synth`, seconds', '`cdk.out`, MB', 'Quotas reached'], rows);
}

function firstReached(tenants: number): string {
  const reached = QUOTAS.filter(({ most, ofOneStack }) => tenants * ofOneStack >= most);
  return reached.length === 0 ? 'none' : reached.map(({ name }) => name).join(', ');
}

export function quotasTable(): string {
  const rows = QUOTAS.map(({ name, scope, most, ofOneStack, url }) => [
    `[${name}](${url}), in the ${scope}`,
    count(most),
    count(ofOneStack),
    count(Math.floor(most / ofOneStack)),
  ]);
  return table(['Quota', 'Default', 'Used by one stack', 'Tenants'], rows);
}

export function pricesTable(): string {
  const rows = keysOf(PRICES).map((priced) => {
    const { usd, per, unit, url } = PRICES[priced];
    return [`[${per === 1 ? '1' : count(per)} ${unit}](${url})`, per === 1 && usd < 0.001 ? usd.toFixed(10) : `${usd}`];
  });
  return table(['Price of', 'USD'], rows);
}
