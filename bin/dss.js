#!/usr/bin/env node
// Plain JavaScript without new syntax: it must still parse on a Node that is too old, so that it can say so.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`dss needs Node 20 or newer and this is ${process.version}: install it from https://nodejs.org.`);
  process.exit(1);
}

const fs = require('node:fs');
const path = require('node:path');
// __dirname is this file's true place, also when called through a link such as node_modules/.bin/dss.
const root = path.dirname(__dirname);

try {
  if (fs.existsSync(path.join(root, 'src', 'cli.ts'))) {
    // The project's own tsconfig counts, wherever the caller stands.
    process.env.TSX_TSCONFIG_PATH = path.join(root, 'tsconfig.json');
    require('tsx/cjs');
    require('../src/cli');
  } else {
    require('../dist/src/cli.js');
  }
} catch (error) {
  // Left to Node, it would print the loader's source, which is one line of many thousand characters.
  console.error(error);
  process.exit(1);
}
