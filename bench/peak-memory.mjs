// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The most memory that this process ever had resident, in bytes. Not `maxRSS` on Linux: a process inherits it from the one
 * that started it, which may have had more (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, VmHWM).
 */
export function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
