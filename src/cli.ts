import { Command } from 'commander';
import { version } from '../package.json';
import { complain } from './cli/complain';
import { doctorCommand } from './cli/doctor';
import { exportCommand, statsCommand } from './cli/figures';
import { officeCommands } from './cli/office';
import { policyCommand } from './cli/policy';
import { migrateCommand, schoolCommand, seedCommand } from './cli/school';
import { instructorCommand, lessonTypeCommand } from './cli/setup';
import { startCommands } from './cli/start';
import { chatCommand, simCommand } from './cli/talk';
import { understandCommand } from './cli/understand';
import { waitlistCommand } from './cli/waitlist';

/** `dss <command>`: exit code 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: string[]): Promise<void> {
  const program = new Command('dss')
    .description("Driving School Scheduler: a driving school's booking line, run by text message")
    .version(version)
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError('(add --help for the options)');
  for (const command of [
    ...startCommands(),
    migrateCommand(),
    doctorCommand(),
    seedCommand(),
    schoolCommand(),
    instructorCommand(),
    lessonTypeCommand(),
    policyCommand(),
    ...officeCommands(),
    waitlistCommand(),
    statsCommand(),
    exportCommand(),
    understandCommand(),
    chatCommand(),
    simCommand(),
  ]) {
    program.addCommand(command.exitOverride());
  }
  try {
    await program.parseAsync(argv);
  } catch (fault) {
    process.exitCode = complain(fault);
  }
}

void main(process.argv);
