/** The cron expression of a time of day, such as `04:30`; any other text unchanged. */
export function toCron(text: string): string {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? text : `${Number(minutes)} ${Number(hours)} * * ? *`;
}

/** The time of day of an expression that fires once every day; any other expression unchanged. */
export function toTimeOfDay(cron: string): string {
  const [, minutes = '', hours] = /^(\d{1,2}) (\d{1,2}) \* \* \? \*$/.exec(cron) ?? [];
  return hours === undefined ? cron : `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}
