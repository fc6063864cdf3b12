import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { machines } from '../../flows/machines';
import { stateName } from '../../src/conversation/place';
import { playInCore } from '../support/core/play';
import { CoreSchool, placeOf } from '../support/core/school';
import { conversationOf } from '../support/core/turn';

const FOLDER = join(__dirname, '../dialogues');
type Node = { path: string[]; states: Record<string, Node> };

const leavesOf = (node: Node): string[] =>
  Object.keys(node.states).length === 0 ? [node.path.join('.')] : Object.values(node.states).flatMap(leavesOf);

/** The dialogues lead through every state of a student, and from each there is a way out, tried on the school as it then stood. */
describe('every state of a student', () => {
  const files = ['.', 'core'].flatMap((folder) =>
    readdirSync(join(FOLDER, folder))
      .filter((name) => name.endsWith('.txt'))
      .map((name) => join(FOLDER, folder, name)),
  );
  const stood = new Map<string, { school: CoreSchool; phone: string }>();
  beforeAll(async () => {
    for (const file of files) {
      await playInCore(file, (school, phone) => {
        const state = stateName(placeOf(school.rows, phone).value);
        if (!stood.has(state)) stood.set(state, { school: copyOf(school), phone });
      });
    }
  });

  const copyOf = (school: CoreSchool) => new CoreSchool(structuredClone(school.rows), school.now);
  const stateOf = (school: CoreSchool, phone: string) => stateName(placeOf(school.rows, phone).value);

  it('is reached by a dialogue', () => {
    const leaves = leavesOf(machines.student.root as unknown as Node);
    expect(leaves.filter((leaf) => !stood.has(leaf))).toEqual([]);
  });

  it('is left for the menu, for a person, and by saying no', async () => {
    for (const [state, { school, phone }] of stood) {
      const toMenu = copyOf(school);
      await toMenu.text(phone, 'menu');
      expect([state, stateOf(toMenu, phone)]).toEqual([state, expect.stringMatching(/^(menu|register\.name)$/)]);
      const toPerson = copyOf(school);
      await toPerson.text(phone, 'agent');
      expect([state, conversationOf(toPerson.rows, phone).takenOverAt]).toEqual([state, expect.any(Number)]);
      const refused = copyOf(school);
      for (let said = 0; said < 4 && stateOf(refused, phone) !== 'idle'; said += 1) await refused.text(phone, 'no');
      expect([state, stateOf(refused, phone)]).toEqual([state, 'idle']);
    }
  });
});
