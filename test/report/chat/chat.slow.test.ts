import { writeAlertMessage } from '../../../lambda/report/alert-message';
import { toWord } from '../../../lambda/report/commands/command';
import { HUGE } from '../five-runs';
import { findingOf, reportOf } from '../report-samples';

const context = {
  commands: {
    environment: toWord('prod'),
    region: toWord('eu-central-1'),
    functionName: toWord('ConnectionAuditor-prod-Function'),
  },
};

describe('the message for the alerts topic', () => {
  test('an alert of 10,000 findings is below the limit of SNS, all bodies together', () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      findingOf({ connection: { name: `${index}${'漢'.repeat(10_000)}`, strategy: `s${index}` }, rule: `r${index}` }),
    );
    for (const report of [HUGE, reportOf({ findings })]) {
      expect(Buffer.byteLength(writeAlertMessage(report, context).message)).toBeLessThanOrEqual(240_000);
    }
  });
});
