import { AsyncLocalStorage } from 'node:async_hooks';
import { projects } from '../../jest.config';
import { collectStorages } from './storages';

test('a storage that ran a function is disabled at the end', () => {
  const storage = new AsyncLocalStorage<string>();
  const disableStorages = collectStorages();
  storage.run('a store', () => {
    expect(storage.getStore()).toBe('a store');
    disableStorages();
    expect(storage.getStore()).toBeUndefined();
  });
});

test('a storage that ran no function in the meantime keeps its store', () => {
  const storage = new AsyncLocalStorage<string>();
  storage.run('a store', () => {
    collectStorages()();
    expect(storage.getStore()).toBe('a store');
  });
});

test('the end restores the method of Node.js', () => {
  const { run } = AsyncLocalStorage.prototype;
  const disableStorages = collectStorages();
  expect(AsyncLocalStorage.prototype.run).not.toBe(run);
  disableStorages();
  expect(AsyncLocalStorage.prototype.run).toBe(run);
});

test('every project of Jest disables the storages of a test file', () => {
  const environments = projects?.map((project) => (typeof project === 'string' ? project : project.testEnvironment));
  expect(new Set(environments)).toEqual(new Set(['<rootDir>/test/environment/environment.js']));
});
