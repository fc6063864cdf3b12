import { type ClueKind, KINDS } from './clues';

const KIND_IDS = Object.fromEntries(Object.keys(KINDS).map((kind, id) => [kind, id])) as Record<ClueKind, number>;

/** `b:next monday`, `w:cancel@student.idle`. */
const CLUE = /^(.)(?::(.*?))?(?:@([a-z]+\.[a-zA-Z]+))?$/s;

/**
 * The weights of every clue in one table of numbers: a clue is found by the ids of its symbols, without writing its name.
 * Open addressing; `heads` and `tails` hold the whole of a key, so that no two clues can be taken for each other.
 */
export class Rows {
  private readonly ids = new Map<string, number>();
  private readonly places = new Map<string, number>();
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  private readonly starts: Int32Array;
  private readonly pairs: Int16Array;
  private readonly counted: Uint32Array;
  private readonly mask: number;
  private text = 0;

  /** Lines as they are kept: `place,hundredths,place,hundredths clue`. */
  constructor(lines: readonly string[]) {
    const room = 2 ** Math.ceil(Math.log2(lines.length * 2 + 2));
    this.mask = room - 1;
    this.heads = new Int32Array(room).fill(-1);
    this.tails = new Int32Array(room);
    this.starts = new Int32Array(room);
    this.counted = new Uint32Array(room);
    const pairs: number[] = [];
    for (const line of lines) {
      const end = line.indexOf(' ');
      const at = this.placeFor(line.slice(end + 1));
      const numbers = line.slice(0, end).split(',');
      this.starts[at] = pairs.length;
      pairs.push(numbers.length, ...numbers.map(Number));
    }
    this.pairs = Int16Array.from(pairs);
    if (this.ids.size > 2 ** 15 || this.places.size > 2 ** 8 - 1)
      throw new RangeError('there are more words or places than a key has bits for: widen head and tail');
  }

  /** The id of a name; -1 for one that no clue has. */
  readonly symbol = (name: string): number => this.ids.get(name) ?? -1;

  /** The id of a place asked; 0 for none. */
  place(name: string): number {
    const id = this.places.get(name);
    return id === undefined ? 0 : id + 1;
  }

  /** A text begins: each of its clues counts once. */
  begin(): void {
    this.text += 1;
  }

  /** Adds what one clue weighs, if it is known and has not been counted for this text. */
  add(sums: Int32Array, kind: ClueKind, place: number, a: number, b: number, c: number): void {
    if (a < 0 || b < 0 || c < 0) return;
    const at = this.find(head(kind, place, a), tail(b, c));
    if (this.heads[at] === -1 || this.counted[at] === this.text) return;
    this.counted[at] = this.text;
    const from = this.starts[at]! + 1;
    const to = from + this.pairs[from - 1]!;
    for (let i = from; i < to; i += 2) sums[this.pairs[i]!]! += this.pairs[i + 1]!;
  }

  private find(first: number, second: number): number {
    let at = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0;
    at = (at ^ (at >>> 15)) & this.mask;
    while (this.heads[at] !== -1 && (this.heads[at] !== first || this.tails[at] !== second)) at = (at + 1) & this.mask;
    return at;
  }

  private placeFor(clue: string): number {
    const [, kind = '', named = '', asked] = CLUE.exec(clue) ?? [];
    const count = KINDS[kind as ClueKind];
    const [a = 0, b = 0, c = 0] = count === 0 ? [] : named.split(' ').map((name) => idIn(this.ids, name));
    const first = head(kind as ClueKind, asked === undefined ? 0 : idIn(this.places, asked) + 1, a);
    const at = this.find(first, tail(b, c));
    this.heads[at] = first;
    this.tails[at] = tail(b, c);
    return at;
  }
}

/** 4 bits of kind, 8 of place, 19 of the first symbol; 15 of the second and of the third. */
const head = (kind: ClueKind, place: number, a: number) => KIND_IDS[kind] | (place << 4) | (a << 12);
const tail = (b: number, c: number) => b | (c << 15);

function idIn(ids: Map<string, number>, name: string): number {
  const known = ids.get(name);
  if (known !== undefined) return known;
  ids.set(name, ids.size);
  return ids.size - 1;
}
