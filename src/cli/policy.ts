import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Policy, parsePolicy, policyProblems } from '../domain/policy';
import { planAllAgain } from '../store/reminders';
import { lockPolicy, writePolicy } from '../store/setup';
import { atSchool, type SchoolOptions, schoolCommandOf } from './in-school';
import { UsageFault } from './usage';
import { print } from './with';

/** `dss policy get|set`. */
export function policyCommand(): Command {
  const policy = new Command('policy').description(
    "a school's rules: notice, holds, quiet hours, prices of a late drop",
  );
  policy.addCommand(
    schoolCommandOf('get', 'the whole policy, defaults included').action((options: SchoolOptions) =>
      atSchool(options, async (tx, { school }) => show(parsePolicy(await lockPolicy(tx, school.id)), options)),
    ),
  );
  policy.addCommand(
    schoolCommandOf('set', 'change rules; nothing is written when anything is wrong')
      .argument('[changes...]', 'path=value, such as bufferMinutes=20 quietHours.from=22:00')
      .option('--file <file>', 'a JSON file that replaces what the school has set; changes come on top')
      .action(set),
  );
  return policy;
}

async function set(changes: string[], options: SchoolOptions & { file?: string }): Promise<void> {
  if (changes.length === 0 && options.file === undefined)
    throw new UsageFault(['Nothing to set: give path=value (bufferMinutes=20), or --file policy.json.']);
  const file = options.file === undefined ? undefined : readJson(options.file);
  const steps = changes.map(readChange);
  await atSchool(options, async (tx, { school, now }) => {
    const before = await lockPolicy(tx, school.id);
    const after = structuredClone(file ?? before ?? {});
    for (const step of steps) apply(after, step);
    const problems = policyProblems(after);
    if (problems.length > 0) throw new UsageFault([...problems, 'Nothing was changed.']);
    await writePolicy(tx, school.id, after);
    await planAllAgain(tx, school.id, now);
    if (!options.json) print(`The policy of ${school.name} is set.`);
    show(parsePolicy(after), options);
  });
}

function show(policy: Policy, { json }: SchoolOptions): void {
  if (json) {
    print(policy);
    return;
  }
  for (const [path, value] of leaves(policy))
    print(`${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

/** As `policy set` takes them back: lists stay whole. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    path === 'cancellation'
      ? [[`${path}.${key}`, inner] as [string, unknown]]
      : leaves(inner, path ? `${path}.${key}` : key),
  );
}

type Step = { path: string[]; value: unknown };

/** A value that is JSON (20, true, [1440]) is taken as such, all else as words (22:00). */
function readChange(typed: string): Step {
  const cut = typed.indexOf('=');
  const path = typed.slice(0, cut).trim().split('.');
  if (cut < 1 || path.some((key) => !/^\w+$/.test(key) || key === '__proto__'))
    throw new UsageFault([
      `"${typed}" is no change: write path=value, such as bufferMinutes=20 or quietHours.from=22:00.`,
    ]);
  const written = typed.slice(cut + 1).trim();
  try {
    return { path, value: JSON.parse(written) };
  } catch {
    return { path, value: written };
  }
}

function apply(policy: unknown, { path, value }: Step): void {
  let inner = policy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(inner, key) ? inner[key] : undefined;
    // A rule that is no group stays, so that the check names what is wrong with it.
    if (next !== undefined && (typeof next !== 'object' || next === null))
      throw new UsageFault([`${path.join('.')} is no rule: ${key} has no parts. See \`dss policy get\`.`]);
    if (next === undefined) inner[key] = {};
    inner = inner[key] as Record<string, unknown>;
  }
  inner[path.at(-1)!] = value;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (fault) {
    throw new UsageFault([`--file ${file} cannot be read (${(fault as { code?: string }).code}): check the name.`]);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (fault) {
    throw new UsageFault([
      `--file ${file} is no JSON (${(fault as Error).message}): write an object such as {"bufferMinutes": 20}.`,
    ]);
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw new UsageFault([
    `--file ${file} holds no object: write one such as {"bufferMinutes": 20}; {} for the defaults.`,
  ]);
}
