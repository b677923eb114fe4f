import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { policyJsonSchema } from '../lambda/policy/schema';

// Writes the JSON Schema of a policy file: npx tsx bin/policy-schema.ts && npx biome check --write policy.schema.json
writeFileSync(path.join(__dirname, '../policy.schema.json'), `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
