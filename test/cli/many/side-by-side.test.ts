import { workSideBySide } from '../../../cli/many/side-by-side';

/** Works on tasks that are named after their groups, and records which tasks ran at the same time. */
async function watch(tasks: readonly string[], limit: number) {
  const running: string[] = [];
  const together: string[][] = [];
  const results = await workSideBySide(tasks, { groupOf: ([group = '']) => group, limit }, async (task) => {
    running.push(task);
    together.push([...running]);
    await new Promise((resolve) => setImmediate(resolve));
    running.splice(running.indexOf(task), 1);
    return task.toUpperCase();
  });
  return { results, together };
}

it('results are in the order of their tasks', async () => {
  expect((await watch(['b1', 'a1', 'b2', 'c1'], 2)).results).toEqual(['B1', 'A1', 'B2', 'C1']);
});

it('tasks of one group run one after the other, in their order', async () => {
  const { together } = await watch(['a1', 'b1', 'a2', 'b2', 'a3'], 8);
  for (const tasks of together) expect(new Set(tasks.map(([group]) => group)).size).toBe(tasks.length);
  const started = together.map((tasks) => tasks.at(-1)).filter((task) => task?.startsWith('a'));
  expect(started).toEqual(['a1', 'a2', 'a3']);
});

it.each([1, 3, 8])(
  'the number of groups that run at the same time is %i if enough groups are waiting',
  async (limit) => {
    const { together } = await watch(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], limit);
    expect(Math.max(...together.map(({ length }) => length))).toBe(limit);
  },
);

it('an empty list of tasks gives no results', async () => {
  expect((await watch([], 8)).results).toEqual([]);
});
