/**
 * What the SDK reads from the process. It finds neither a region nor an identity, and requests none from another
 * machine.
 */
const NOTHING: Readonly<Record<string, string | undefined>> = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_PROFILE: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_ENDPOINT_URL: undefined,
};

/** Each test of a file runs with these variables of the process, in an environment without AWS. */
export function withoutAws(): { set(variables: Readonly<Record<string, string>>): void } {
  let before: Readonly<Record<string, string | undefined>> = {};
  beforeEach(() => {
    before = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, process.env[name]]));
    setAll(NOTHING);
  });
  afterEach(() => setAll(before));
  return { set: setAll };
}

function setAll(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
