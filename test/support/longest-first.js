const { basename } = require('node:path');
const { statSync } = require('node:fs');

/** Files that take over half a minute, the longest first, so that side by side the workers end at about the same time. */
const LONG = [
  'dialogues.test.ts',
  'any-conversation.test.ts',
  'many-races.test.ts',
  'queue.test.ts',
  'faults.test.ts',
  'corpus.test.ts',
  'office.test.ts',
  'setup.test.ts',
  'queue-lost.test.ts',
  'late-drops.test.ts',
  'deliver.test.ts',
  'lists.test.ts',
];

const placeOf = ({ path }) => LONG.indexOf(basename(path)) + 1 || LONG.length + 1;

/** For CI, where nothing is remembered of earlier runs; elsewhere jest knows how long each file took last time. */
module.exports = class LongestFirst {
  sort(tests) {
    const size = new Map([...tests].map((test) => [test.path, statSync(test.path).size]));
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b) || size.get(b.path) - size.get(a.path));
  }
  allFailedTests(tests) {
    return tests;
  }
  shard(tests) {
    return tests;
  }
  cacheResults() {}
};
