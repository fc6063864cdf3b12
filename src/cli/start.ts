import { Command } from 'commander';
import { type Config, readConfig } from '../config';
import { type Running, run } from '../program';
import { isFirstStart, REDIS_SILENT, redisAnswers } from './reach';

/** `dss start`, `dss web`, `dss worker`: run until SIGTERM or Ctrl-C. */
export function startCommands(): Command[] {
  return [
    new Command('start')
      .description('run web and workers (ROLE may narrow it)')
      .action(() => keepRunning(readConfig(process.env))),
    new Command('web')
      .description('run the web side only')
      .action(() => keepRunning({ ...readConfig(process.env), role: 'web' })),
    new Command('worker')
      .description('run the workers only')
      .action(() => keepRunning({ ...readConfig(process.env), role: 'worker' })),
  ];
}

async function keepRunning(config: Config): Promise<void> {
  say('Driving School Scheduler is starting ...');
  if (config.redisUrl && !(await redisAnswers(config.redisUrl))) throw new Error(REDIS_SILENT);
  const running = await runOnFreePort(config);
  if (config.role === 'worker') say('Working. Stop with Ctrl-C.');
  else if (!config.simulator) say(`Ready at ${running.url}. Check the set-up with: npx dss doctor`);
  else {
    const elsewhere = running.url === config.publicUrl ? '' : ` --url ${running.url}`;
    say(`Ready: open ${running.url}/sim`);
    say('No text leaves this computer: phones, bank and clock are pretend. Stop with Ctrl-C.');
    say(`Or text from a second terminal: npx dss chat${elsewhere}   Try: book 1 hour tues arvo`);
  }
  await stopAsked();
  say('Finishing work ...');
  await running.close();
  // Whatever a library still holds open must not keep a stopped program alive.
  process.exit(0);
}

const PORTS_TRIED = 20;

/** A port that was asked for is used or refused; the default gives way to the next free one. */
async function runOnFreePort(asked: Config): Promise<Running> {
  const chosen = Boolean(process.env.PORT?.trim());
  for (let port = asked.port; ; port += 1) {
    try {
      return await run(port === asked.port ? asked : onPort(asked, port), progressOf(asked));
    } catch (fault) {
      const busy = (fault as { code?: string }).code === 'EADDRINUSE';
      if (!busy || chosen || port - asked.port >= PORTS_TRIED) throw fault;
      say(`Port ${port} is in use; trying ${port + 1}.`);
    }
  }
}

/** The address that the simulator calls follows the port, unless PUBLIC_URL was set on purpose. */
function onPort(config: Config, port: number): Config {
  const moved = process.env.PUBLIC_URL?.trim() ? config.publicUrl : config.publicUrl.replace(/:\d+$/, `:${port}`);
  return { ...config, port, publicUrl: moved };
}

/** Called by `run` once the port is taken. */
function progressOf(config: Config): (line: string) => void {
  if (isFirstStart(config)) say('Preparing PostgreSQL (first start only) ...');
  return say;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
