import { Command } from 'commander';
import { version } from '../package.json';
import { complain } from './cli/complain';

/** Commands with their names, in the order in which help shows them. Loading all takes two seconds of a core. */
const COMMANDS: [names: string[], load: () => Command[]][] = [
  [['start', 'web', 'worker'], () => (require('./cli/start') as typeof import('./cli/start')).startCommands()],
  [['migrate'], () => [(require('./cli/school') as typeof import('./cli/school')).migrateCommand()]],
  [['doctor'], () => [(require('./cli/doctor') as typeof import('./cli/doctor')).doctorCommand()]],
  [['seed'], () => [(require('./cli/school') as typeof import('./cli/school')).seedCommand()]],
  [['school'], () => [(require('./cli/school') as typeof import('./cli/school')).schoolCommand()]],
  [['instructor'], () => [(require('./cli/setup') as typeof import('./cli/setup')).instructorCommand()]],
  [['lesson-type'], () => [(require('./cli/setup') as typeof import('./cli/setup')).lessonTypeCommand()]],
  [['policy'], () => [(require('./cli/policy') as typeof import('./cli/policy')).policyCommand()]],
  [['messages'], () => [(require('./cli/office') as typeof import('./cli/office')).messagesCommand()]],
  [['inbox'], () => [(require('./cli/office') as typeof import('./cli/office')).inboxCommand()]],
  [['say'], () => [(require('./cli/say') as typeof import('./cli/say')).sayCommand()]],
  [['handback'], () => [(require('./cli/office') as typeof import('./cli/office')).handbackCommand()]],
  [['deposits'], () => [(require('./cli/deposits') as typeof import('./cli/deposits')).depositsCommand()]],
  [['waive'], () => [(require('./cli/waive') as typeof import('./cli/waive')).waiveCommand()]],
  [['waitlist'], () => [(require('./cli/waitlist') as typeof import('./cli/waitlist')).waitlistCommand()]],
  [['stats'], () => [(require('./cli/figures') as typeof import('./cli/figures')).statsCommand()]],
  [['export'], () => [(require('./cli/figures') as typeof import('./cli/figures')).exportCommand()]],
  [['understand'], () => [(require('./cli/understand') as typeof import('./cli/understand')).understandCommand()]],
  [['chat'], () => [(require('./cli/talk') as typeof import('./cli/talk')).chatCommand()]],
  [['sim'], () => [(require('./cli/talk') as typeof import('./cli/talk')).simCommand()]],
];

/** The one that is asked for; all of them where help or a suggestion is due. */
function commandsFor(name: string | undefined): Command[] {
  const asked = COMMANDS.filter(([names]) => name !== undefined && names.includes(name));
  return (asked.length > 0 ? asked : COMMANDS).flatMap(([, load]) => load());
}

/** `dss <command>`: exit code 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: string[]): Promise<void> {
  const program = new Command('dss')
    .description("Driving School Scheduler: a driving school's booking line, run by text message")
    .version(version)
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError('(add --help for the options)');
  for (const command of commandsFor(argv[2])) program.addCommand(command.exitOverride());
  try {
    await program.parseAsync(argv);
  } catch (fault) {
    process.exitCode = complain(fault);
  }
}

void main(process.argv);
