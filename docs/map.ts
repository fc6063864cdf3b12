import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conversationMap } from '../src/conversation/map';

const path = join(__dirname, 'conversation.md');
writeFileSync(path, conversationMap());
process.stdout.write(`Wrote ${path}\n`);
