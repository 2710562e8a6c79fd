import { readFileSync } from 'node:fs'

/** Who may import whom, written once in lib/layers.json. */
const layers = JSON.parse(readFileSync(new URL('./lib/layers.json', import.meta.url), 'utf8'))

const OURS = '^(app|components|lib)/'
const TESTS = '\\.test\\.tsx?$|/contract/|test-setup\\.ts$|/fixtures/'
const at = (path) => (/\.tsx?$/.test(path) ? `^${path}$` : `^${path}(/|$)`)
const isInside = (path, layer) => path !== layer && path.startsWith(`${layer}/`)

/** One rule a layer: it reaches itself and what its row lists, nothing else of ours. A narrower row wins over a wider one. */
const layerRules = Object.entries(layers).map(([layer, mayImport]) => ({
  name: `${layer} imports what its layer may`,
  comment: `lib/layers.json lists what ${layer} may import.`,
  severity: 'error',
  from: {
    path: at(layer),
    pathNot: [
      TESTS,
      ...Object.keys(layers)
        .filter((other) => isInside(other, layer))
        .map(at),
    ],
  },
  to: { path: OURS, pathNot: [at(layer), ...mayImport.map(at)] },
}))

/** Third-party modules that only one place may know. */
const thirdParty = [
  { name: 'database drivers', modules: 'better-sqlite3|@prisma/', homes: '^(lib/store|lib/server|prisma)/' },
  { name: 'parts of Next.js', modules: 'next/', homes: '^(app|components|lib/server|lib/url|lib/api)/' },
  { name: 'parts of React', modules: 'react/|react-dom/|recharts/|@base-ui/|@tanstack/', homes: '^(app|components|lib/queries|lib/url)/' },
].map(({ name, modules, homes }) => ({
  name: `${name} stay where they belong`,
  severity: 'error',
  from: { path: OURS, pathNot: [homes, TESTS] },
  to: { path: `node_modules/(${modules})` },
}))

export default {
  forbidden: [
    ...layerRules,
    ...thirdParty,
    { name: 'nothing imports app', severity: 'error', from: { pathNot: '^app/' }, to: { path: '^app/' } },
    {
      name: 'every file of lib has a layer',
      severity: 'error',
      from: { path: '^lib/', pathNot: [TESTS, ...Object.keys(layers).map(at)] },
      to: {},
    },
    {
      name: 'adapters are imported by server, worker and command line alone',
      severity: 'error',
      from: { path: OURS, pathNot: ['^lib/(store|server|cli)/', '^lib/engine/worker\\.ts$', TESTS] },
      to: { path: '^lib/store/(?!ports/)' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import resolves', severity: 'error', from: { path: OURS }, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Type-only imports count: a type from the wrong layer is a dependency too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'lib/store/prisma/client' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
