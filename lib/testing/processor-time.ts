/**
 * What a piece of work takes of the processor, in milliseconds: other than the time on the clock, the same however
 * busy the machine is.
 */
export function processorTime(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
