import { findContradictions } from '../audit/contradictions';
import { AUDIT_OPTIONS } from '../audit/options';
import { defineCommand } from '../command';

export const auditCommand = defineCommand({
  name: 'audit',
  summary: 'Compares connections with the policy; --mode remediate also repairs',
  options: AUDIT_OPTIONS,
  example: '--environment dev --output report.json',
  exitCodes: {
    0: 'no open findings',
    1: 'open findings',
    2: 'run incomplete, connection not judged, repair failed, no connections at a first run, environment not reached, or wrong usage',
  },
  findContradictions,
});
