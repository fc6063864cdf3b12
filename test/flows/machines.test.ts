import copy from '../../flows/copy/en.json';
import { machines } from '../../flows/machines';
import { stateName } from '../../src/conversation/place';
import { isGsm7, segmentsOf } from '../../src/domain/texts';

type Node = {
  key: string;
  path: string[];
  states: Record<string, Node>;
  config: Record<string, unknown>;
  on: Record<string, unknown>;
  transitions: Map<string, { target?: Node[]; actions: unknown[]; guard?: unknown }[]>;
};

const FORBIDDEN = ['invoke', 'after', 'always', 'history', 'entry', 'exit', 'onDone'];

const nodesOf = (node: Node): Node[] => [node, ...Object.values(node.states).flatMap(nodesOf)];

describe.each(Object.entries(machines))('the machine of a %s', (_role, machine) => {
  const root = machine.root as unknown as Node;
  const nodes = nodesOf(root);

  it('can be restored from value and memory: nothing in it needs a living actor', () => {
    for (const node of nodes) {
      for (const word of FORBIDDEN)
        expect([node.path.join('.'), word, node.config[word]]).toEqual([node.path.join('.'), word, undefined]);
      expect(['parallel', 'history', 'final']).not.toContain(node.config.type);
    }
  });

  it('does nothing but say, command, remember and forget', () => {
    for (const node of nodes) {
      for (const transition of [...node.transitions.values()].flat()) {
        for (const action of transition.actions) {
          expect(['say', 'command', 'remember', 'forget']).toContain((action as { type: string }).type);
        }
      }
    }
  });

  it('reaches every state, and every state has a way out', () => {
    const leaves = nodes.filter((node) => Object.keys(node.states).length === 0);
    const reached = new Set(['idle']);
    for (const node of nodes) {
      for (const transition of [...node.transitions.values()].flat()) {
        for (const target of transition.target ?? []) reached.add(leafOf(target).path.join('.'));
      }
    }
    expect(leaves.map((leaf) => leaf.path.join('.')).filter((path) => !reached.has(path))).toEqual([]);
    // What works anywhere is a way out of each: a person, the menu, a new request.
    for (const event of ['human', 'menu', 'help', 'unknown']) {
      if (_role === 'owner' && event === 'human') continue;
      expect(root.transitions.has(event)).toBe(true);
    }
  });

  it('asks something in every state', () => {
    for (const leaf of nodes.filter((node) => Object.keys(node.states).length === 0)) {
      const name = leaf.path.reduceRight<unknown>((inner, key) => (inner === null ? key : { [key]: inner }), null);
      expect(Object.keys(copy.ask)).toContain(stateName(name));
    }
  });
});

const leafOf = (node: Node): Node => {
  const initial = node.config.initial as string | undefined;
  return initial ? leafOf(node.states[initial]!) : node;
};

describe('the copy', () => {
  const all = Object.entries({ ...copy.say, ...copy.ask });

  it('is plain GSM-7 and leaves room for what is filled in', () => {
    for (const [key, text] of all) {
      const plain = text.replace(/\{[\w.]+\}/g, 'x');
      expect([key, isGsm7(plain)]).toEqual([key, true]);
      expect([key, segmentsOf(plain).segments]).toEqual([key, expect.any(Number)]);
      expect(plain.length).toBeLessThanOrEqual(160);
    }
  });

  it('never offers a word that the carrier takes for itself', () => {
    for (const [key, text] of all) {
      expect([key, /\b(STOPALL|UNSUBSCRIBE|END|QUIT|REVOKE|OPTOUT|CANCEL)\b/.test(text)]).toEqual([key, false]);
    }
  });

  it('says how to answer in every question', () => {
    expect(copy.ask['book.confirm']).toContain('Reply YES');
    for (const [key, text] of Object.entries(copy.ask))
      expect([key, /Reply|\?|\{reply\}|Text/.test(text)]).toEqual([key, true]);
  });
});
