/**
 * A run's name: sorts by time, and tells two invocations of one second apart. At most 64 characters, so that
 * `X-Correlation-ID` carries it whole (Management API documentation, request correlation).
 */
export function newRunId(now: number, requestId: string): string {
  const at = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${at}Z-${
    requestId
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 8)
      .toLowerCase() || '0'
  }`;
}

/** Whether a text is the name of a run of ours. The tenant's log carries it as correlation id. */
export function isRunId(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z-[0-9a-z]{1,8}$/.test(text);
}
