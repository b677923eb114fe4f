// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The peak resident memory of this process, in bytes. Not `maxRSS` on Linux: a process inherits it from its parent process,
 * which can have a higher value (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, VmHWM).
 */
export function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
