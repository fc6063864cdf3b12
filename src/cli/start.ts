import { Command } from 'commander';
import { type Config, readConfig } from '../config';
import { run } from '../program';

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
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  say('Driving School Scheduler is starting ...');
  const running = await run(config, say);
  if (config.role === 'worker') say('Working. Stop with Ctrl-C.');
  else say(`Ready at ${running.url}`);
  if (config.simulator && config.role !== 'worker') {
    say(`No text leaves this computer: the phones are pretend. Try: npx dss chat`);
  }
  await stopAsked();
  say('Finishing work ...');
  await running.close();
  // Whatever a library still holds open must not keep a stopped program alive.
  process.exit(0);
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
