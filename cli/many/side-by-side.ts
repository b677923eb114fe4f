/**
 * Works on all tasks, at most `limit` at the same time. Tasks of one group run one after the other, in their order. The
 * results are in the order of the tasks. `work` must not throw.
 */
export async function workSideBySide<Task, Result>(
  tasks: readonly Task[],
  { groupOf, limit }: { readonly groupOf: (task: Task) => string; readonly limit: number },
  work: (task: Task) => Promise<Result>,
): Promise<readonly Result[]> {
  const waiting = groupTasks(tasks, groupOf);
  const results = new Map<Task, Result>();

  async function workOnGroups(): Promise<void> {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      for (const task of group) results.set(task, await work(task));
    }
  }

  await Promise.all(Array.from({ length: Math.min(limit, waiting.length) }, workOnGroups));
  return tasks.flatMap((task) => results.get(task) ?? []);
}

function groupTasks<Task>(tasks: readonly Task[], groupOf: (task: Task) => string): Task[][] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) groups.set(groupOf(task), [...(groups.get(groupOf(task)) ?? []), task]);
  return [...groups.values()];
}
