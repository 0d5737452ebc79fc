// Written so that a Node which is far too old can still read it, and say so.
const NEEDED = 24;
const found = process.versions.node;

if (Number(found.split('.')[0]) < NEEDED) {
  console.error(
    'Botmother needs Node ' +
      NEEDED +
      ' or newer; this is Node ' +
      found +
      '.\nIn a checkout it comes with the dependencies: npm ci && npm run build, then npm run botmother -- ...\n' +
      'Elsewhere, install a newer one from https://nodejs.org.',
  );
  process.exit(1);
}

import(new URL('../dist/main/cli.js', import.meta.url).href).catch((error) => {
  if (
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    /find module '[^']*dist[\\/]main[\\/]cli\.js'/.test(error.message)
  ) {
    console.error('Botmother is not built yet. Run: npm run build');
  } else {
    console.error(error);
  }
  process.exit(1);
});
