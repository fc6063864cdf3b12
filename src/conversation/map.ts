import { machines } from '../../flows/machines';

type Node = {
  key: string;
  path: string[];
  config: { initial?: string };
  states: Record<string, Node>;
  transitions: Map<string, { target?: Node[]; guard?: unknown; source: Node }[]>;
};

/** The conversations as Mermaid state diagrams, one a role: every state, and what leads from one to another. */
export function conversationMap(): string {
  const parts = Object.entries(machines).map(([role, machine]) => {
    const root = machine.root as unknown as Node;
    const lines = nodesOf(root).flatMap((node) => arrows(node));
    return `## ${role}\n\n\`\`\`mermaid\nstateDiagram-v2\n${lines.join('\n')}\n\`\`\``;
  });
  return `# The conversation map\n\nWritten by \`npm run map\`; a test fails when it is out of date. "anywhere" is what works in every state.\n\n${parts.join('\n\n')}\n`;
}

const nodesOf = (node: Node): Node[] => [node, ...Object.values(node.states).flatMap(nodesOf)];

const nameOf = (node: Node) => node.path.join('_') || 'anywhere';

const leafOf = (node: Node): Node =>
  node.config.initial && node.path.length > 0 ? leafOf(node.states[node.config.initial]!) : node;

/** One arrow a pair of states, with all events that lead along it. */
function arrows(node: Node): string[] {
  const along = new Map<string, Set<string>>();
  for (const [event, transitions] of node.transitions) {
    for (const { target } of transitions) {
      for (const one of target ?? [node]) {
        const to = nameOf(leafOf(one));
        along.set(to, (along.get(to) ?? new Set()).add(event));
      }
    }
  }
  const arrowsOut = [...along].map(([to, events]) => `  ${nameOf(node)} --> ${to}: ${[...events].join(', ')}`);
  return Object.keys(node.states).length === 0 && arrowsOut.length === 0 ? [`  ${nameOf(node)}`] : arrowsOut;
}
