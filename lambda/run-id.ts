/**
 * The id of a run. It sorts by time and distinguishes two invocations in the same second. At most 64 characters, so
 * that `X-Correlation-ID` can carry it completely (Management API documentation, request correlation).
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

/** Whether a text is the id of a run of this auditor. The tenant's log shows it as the correlation id. */
export function isRunId(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z-[0-9a-z]{1,8}$/.test(text);
}
