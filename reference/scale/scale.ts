import { LATENCY_MS, RESERVE_PERCENT } from '../../bench/bound';
import { LIMITS } from '../../lambda/time-plan';
import { INVOCATION_MINUTES, MEMORY_SIZE } from '../../lib/environment/schema';
import { connectionsTable, DRIFT, endsTable, memoryTable, mostListed } from './by-connections';
import { pricesTable, quotasTable, tenantsTable } from './by-tenants';
import { MESSAGE_FINDINGS, STACK } from './month';
import { count } from './number-words';
import { MEMORY, REPAIR_SECONDS, TENANT_SECONDS } from './one-run';
import { PRICED_ON } from './prices';
import { CONCURRENCY, SCHEDULER, WINDOW_MINUTES } from './quotas';

/** Milliseconds to publish one message: an assumption. */
const PUBLISH_MS = 50;

/** Writes docs/scale.md: the effort and price of a run by connections and tenants, and the limits of one invocation. */
export function writeScale(): string {
  const { baseMb, bytesPerConnection, bytesPerFinding } = MEMORY;
  const mostPublished = (LIMITS.publishMs / PUBLISH_MS) * MESSAGE_FINDINGS;
  return `# Scale

This page lists the requests, seconds, megabytes and US dollars that the auditor needs for ${count(100)} to ${count(1_000_000)} connections and
for 1 to 500 tenants. It also lists the limits of one invocation of the function. The command \`npm run reference\` generates
this page from the same lower bound that [the benches](../bench/README.md) compare with.

- One invocation lists up to ${count(mostListed('enterprise'))} connections under the production limits of Enterprise, and ${count(mostListed('nonProduction'))} under the
  non-production limits.
- An environment costs about 3 dollars a month, and about 5 from the third year. The number of connections has little effect.
- The first limit for the number of tenants in one region of an AWS account is the quota of saved queries: 250 tenants.

## Assumptions

- **Requests**: one for the token, one for each 100 connections, two for each repair (a read and a write). If \`read:logs\` is
  granted, look-ups in the tenant's log add requests.
- **Seconds**: ${LATENCY_MS} ms for each exchange. The auditor reads one page after the other, because each page names the next page.
  The documented rate limit adds the remaining time, with \`rateReservePercent: ${RESERVE_PERCENT}\` and no other client. These are minimum
  seconds; the benches measure up to 1.15 times as many in runs of more than a few seconds. Another client that uses half
  of the limit can [double them](../bench/README.md#another-client-of-the-same-tenant).
- **Memory**: ${baseMb} MB, ${count(bytesPerConnection)} bytes for each connection and ${count(bytesPerFinding)} for each finding. This is the maximum resident memory of
  the function's process.
- **Dollars**: prices of us-east-1 as of ${PRICED_ON} without free tiers, a run in report mode each night, ${DRIFT} % of the connections
  drifted, every record kept for 400 days. The costs of your subscribers, a VPC and Security Hub are not included.

## By connections

${connectionsTable()}

*Seconds* is the time in which the run sends requests to the tenant. *1 % repaired*: the run also repairs one connection in a
hundred. The limits are those of [Auth0's rate limit policy](https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy).
Free and self-service plans allow 100 connections
([entity limits](https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy)), so their
other rows apply only to a raised limit. The limits of the private cloud are higher than all of these limits.

## Where one invocation ends

Lambda ends an invocation after ${INVOCATION_MINUTES} minutes. The run sends requests to the tenant for up to ${TENANT_SECONDS} seconds, and starts repairs for
up to ${REPAIR_SECONDS} seconds. The remaining time is reserved for the report and the record. The maximum number of connections in one
invocation, by time:

${endsTable()}

By memory (the default of \`memorySize\` is ${count(MEMORY_SIZE.default)} MB):

${memoryTable()}

By messages: the run publishes them in the remaining time of the invocation, at least ${LIMITS.publishMs / 1_000} seconds. In ${LIMITS.publishMs / 1_000} seconds it
publishes ${count(mostPublished)} findings, at ${PUBLISH_MS} ms for each message and ${MESSAGE_FINDINGS} findings in each message.

## At the end of one invocation

| Limit | What happens | What to do |
|---|---|---|
| Time, while connections are listed | The run is incomplete and reports this immediately (*out of time*). Connections that were not read are not reported as compliant, and nothing is repaired. The invocation fails: alarm *run-failed*. The next run begins at the first page again, so it ends in the same way. | Audit from the command line, which has no time limit: \`npm run audit -- --environment NAME\`. Or ask Auth0 to raise the limit. |
| Time, while connections are repaired | The remaining repairs are \`skipped_stopped\` (*time*), and are reported. The next run continues with them. | Nothing, or repair from the command line: \`npm run audit -- --environment NAME --mode remediate\`. |
| Memory | Lambda ends the function without a report. The alarms *run-failed* and *no-completed-run* notify; before that, the alarm *near-memory-limit*. The next run reports the writes of the ended run. | Raise \`memorySize\`. |
| Time for messages | The run fails and names the topic that did not receive every message. The history contains the whole report. | Read the report in the history. Repair connections or change the policy, so that fewer findings remain. |

A lower \`rateReservePercent\` saves only a few seconds: the auditor keeps the reserve one time in the bucket, not from each
refill. (Only under the limits of Free is a refill as large as the bucket, so half of each refill stays unused.) A tenant
cannot be split: each run lists all of its connections, regardless of the policy. One run over several invocations
([Lambda durable functions](https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html)) is not implemented. It would
help tenants larger than in these tables, and the first repair of a large tenant.

## By tenants

One environment is one tenant and one stack ([many tenants](many-tenants.md)). In this table each tenant has 10,000 connections,
the production limits of Enterprise, and its own application, secret and rate limit.

${tenantsTable()}

*Simultaneous runs* is the average if all runs have the same start minute. EventBridge Scheduler spreads them over
[${WINDOW_MINUTES} minutes](https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html), and
starts up to [${count(SCHEDULER.invocationsPerSecond)} a second](${SCHEDULER.url}). Lambda allows [${count(CONCURRENCY.most)} concurrent executions](${CONCURRENCY.url}) in a
region; a new account can have 10. In that case give the tenants different minutes. Lambda retries a throttled run for one
hour. The alarm *throttled* notifies during that hour, and the alarm *no-completed-run* if Lambda stops retrying.

Each of the first two yearly rotations of a key adds one dollar a month. \`cdk.out\` contains a copy of the code for each
function. The quotas apply to one account and have their defaults. All quotas except saved queries can be raised, and a second
account has its own quotas:

${quotasTable()}

## Prices

These are the prices of us-east-1 as of ${PRICED_ON}; the links show the current prices. In a month without a run, a stack has
${STACK.keys} key, ${STACK.secrets} secret and ${STACK.alarms} alarms. These have ${STACK.alarmMetrics} alarm metrics, because one alarm has three; remediate mode has one more alarm.
Runs send up to ${STACK.metrics} metrics. The other prices depend on the number of runs. An environment can also have a second topic for
alarms (one more key) and a dashboard.

${pricesTable()}
`;
}
