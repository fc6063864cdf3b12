import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '..');

/** Each room and the rooms of ours that it may import from; types may be taken from anywhere but `main`. */
const MAY: Record<string, string[]> = {
  domain: ['domain'],
  flows: ['flows', 'domain'],
  conversation: ['conversation', 'flows', 'domain'],
  store: ['store', 'flows', 'domain', 'world'],
  channels: ['channels', 'domain', 'world'],
  bank: ['bank', 'store', 'flows', 'domain', 'conversation', 'channels', 'world', 'turn'],
  turn: ['turn', 'store', 'flows', 'domain', 'conversation', 'channels', 'world'],
  jobs: ['jobs', 'turn', 'store', 'domain', 'channels', 'world'],
  web: ['web', 'channels', 'domain'],
  simulator: ['simulator', 'web', 'bank', 'jobs', 'turn', 'store', 'domain', 'channels', 'world', 'config'],
  embedded: ['embedded'],
};
type File = { path: string; room: string; values: string[]; text: string };

function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  if (top === 'flows') return 'flows';
  const name = second.replace(/\.ts$/, '');
  return name;
}

function sources(): File[] {
  return ['src', 'flows'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => {
        const path = join(top, name);
        const text = readFileSync(join(ROOT, path), 'utf8');
        const values = [...text.matchAll(/^import (?!type )([\s\S]*?) from '(\.[^']*)';/gm)]
          .filter(([, names = '']) => !/^\{(\s*type [\w$]+( as [\w$]+)?,?)*\s*\}$/.test(names.trim()))
          .map(([, , target = '']) => relative(ROOT, resolve(ROOT, dirname(path), target)))
          .filter((target) => !target.endsWith('.json'));
        return { path, room: roomOf(path), values, text };
      }),
  );
}

describe('the rooms of the house', () => {
  const files = sources();

  it('import one way only', () => {
    const wrong = files.flatMap((file) =>
      file.values
        .filter((target) => MAY[file.room] && !MAY[file.room]!.includes(roomOf(target)))
        .map((target) => `${file.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('have no cycle', () => {
    const byPath = new Map(files.map((file) => [file.path.replace(/\.ts$/, ''), file]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (path: string, trail: string[]) => {
      if (trail.includes(path)) return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path)) return;
      for (const target of byPath.get(path)?.values ?? []) walk(target, [...trail, path]);
      done.add(path);
    };
    for (const path of byPath.keys()) walk(path, []);
    expect(cycles).toEqual([]);
  });

  it('keep clock, chance, environment and waiting out of the pure rings', () => {
    const impure = /\bDate\.now\(|new Date\(\)|Math\.random|process\.env|\basync\b|\bawait\b/;
    const wrong = files.filter(
      (file) =>
        ['domain', 'flows', 'conversation'].includes(file.room) &&
        impure.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('have no file over 250 lines', () => {
    const long = files.filter((file) => file.text.split('\n').length > 251);
    expect(long.map((file) => file.path)).toEqual([]);
  });
});
