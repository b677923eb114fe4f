export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function secondsText(value: number): string {
  return value < 10 ? value.toFixed(1) : count(value);
}

export function dollarsText(value: number): string {
  return value < 10 ? value.toFixed(2) : count(value);
}
