import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const FOLDER = join(__dirname, '../../src/simulator/page/public/js');

/** A module of the page that imports nothing, as the browser would run it. */
export function browserModule<T>(name: string): T {
  const { code } = transformSync(readFileSync(join(FOLDER, `${name}.mjs`), 'utf8'), {
    jsc: { target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const module = { exports: {} };
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports as T;
}
