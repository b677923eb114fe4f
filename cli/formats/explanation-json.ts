import type { Options } from '../../lambda/connection/connection';
import type { Explanation } from '../../lambda/judge/explain';
import { explainEffect } from '../../lambda/report/words/finding';
import { describeEnding } from '../../lambda/report/words/outcome';
import { describeRepair } from '../../lambda/report/words/repair';

/** The members of an explanation in JSON. Of the connection's options, only the audited setting is included. */
export function fieldsOfExplanation({
  connection: { id, name, displayName, strategy, options },
  passed,
  expectation: { rule, allowed, mustBeExplicit, reason },
  verdict,
  finding,
  exemptions,
}: Explanation): object {
  return {
    connection: { id, name, displayName: displayName ?? null, strategy },
    rule,
    rulesBefore: passed,
    expected: { values: allowed, mustBeExplicit, reason: reason ?? null },
    setting: { visibility: options.visibility, value: readValue(options) },
    verdict: verdict.verdict,
    notApplicable: verdict.verdict === 'not_applicable' ? verdict.reason : null,
    finding:
      finding === null
        ? null
        : {
            ...finding,
            // Without `firstSeen`, the lifecycle is unknown: the history could not be read.
            lifecycle: finding.firstSeen === null ? null : finding.lifecycle,
            ending: describeEnding(finding),
            effect: explainEffect(finding),
            remedy: describeRepair(finding),
          },
    exemptions: exemptions.map(({ exemption, status, daysLeft }) => ({ status, daysLeft, exemption })),
  };
}

/** The raw value; `null` if the key is absent or could not be read. */
function readValue(options: Options): string | null {
  if (options.visibility !== 'visible') return null;
  const { rootAttributes } = options;
  switch (rootAttributes.kind) {
    case 'absent':
      return null;
    case 'documented':
      return rootAttributes.value;
    case 'undocumented':
      return rootAttributes.text;
  }
}
