import { defineCommand } from '../command';
import { TARGET_OPTIONS, YES } from '../command-options';
import { text, type ValuesOf } from '../option';

const OPTIONS = {
  ...TARGET_OPTIONS,
  secretArn: { ...TARGET_OPTIONS.secretArn, help: "Secrets Manager secret to fill (default: the environment's)" },
  privateKey: text({
    name: 'private-key',
    placeholder: 'FILE',
    help: 'file with the private key (PEM) instead of a client secret',
  }),
  keyId: text({ name: 'key-id', placeholder: 'KID', help: 'with --private-key: the id of the key at Auth0' }),
  yes: YES,
} as const;
export type FillOptions = ValuesOf<typeof OPTIONS>;

export const fillSecretCommand = defineCommand({
  name: 'fill-secret',
  summary: 'Asks for the credentials of the Auth0 application and writes them to its secret',
  options: OPTIONS,
  example: 'fill-secret --environment dev',
  exitCodes: {
    0: 'secret written',
    1: 'not confirmed; nothing was written',
    2: 'secret not written, or wrong usage',
  },
});
