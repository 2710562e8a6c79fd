import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { must, ROOT, runTool, secondsSince } from './process.mjs'
import { fingerprint } from './stamp.mjs'

const PRISMA = { script: 'node_modules/prisma/build/index.js', sources: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'] }
const BUNDLE_SOURCES = ['lib', 'prisma', 'scripts/bundle.mjs', 'tsconfig.json', 'package-lock.json']
const APP_SOURCES = [
  ...['app', 'components', 'lib', 'prisma', 'public', 'docs/evaluation.json'],
  ...['instrumentation.ts', 'proxy.ts', 'next.config.js', 'postcss.config.js', 'tsconfig.json', 'package.json', 'package-lock.json'],
]

/** What a step made, and the sources it was made from; the step runs again when either is gone or changed. */
function artefact(name, output, sources) {
  const stamp = `${ROOT}/node_modules/.cache/dowser/${name}`
  return {
    current: () => existsSync(`${ROOT}/${output}`) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted(sources),
    forget: () => rmSync(stamp, { force: true }),
    remember: (made) => {
      mkdirSync(`${ROOT}/node_modules/.cache/dowser`, { recursive: true })
      writeFileSync(stamp, made)
    },
    wanted: () => wanted(sources),
  }
}

const wanted = (sources) => `${fingerprint(ROOT, sources)} node ${process.versions.node}\n`

/** Runs `make` unless its artefact is current. The fingerprint is taken before, so an edit during a build counts. */
async function once({ name, output, sources }, make) {
  const made = artefact(name, output, sources)
  if (made.current()) return false
  const before = made.wanted()
  made.forget()
  await make()
  made.remember(before)
  return true
}

/** The database client from `schema.prisma`. */
export const generateClient = () =>
  once({ name: 'prisma-client', output: 'lib/store/prisma/client', sources: PRISMA.sources }, () =>
    must('prisma generate', runTool(PRISMA.script, ['generate'])),
  )

/** The engine and the command line, one file each under dist/. */
export const bundle = () =>
  once({ name: 'bundle', output: 'dist/engine.mjs', sources: BUNDLE_SOURCES }, () =>
    must('Bundling the engine', runTool('scripts/bundle.mjs', [])),
  )

/** The pages and routes, for production. */
export const buildApp = () =>
  once({ name: 'app', output: '.next/BUILD_ID', sources: APP_SOURCES }, () =>
    must('next build', runTool('node_modules/next/dist/bin/next', ['build'])),
  )

/** Everything that has to exist before the production server can start. Quick when nothing changed. */
export async function prepare(say) {
  const begun = performance.now()
  await generateClient()
  const bundled = await bundle()
  if (bundled) say('Engine bundled.')
  if (!existsSync(`${ROOT}/.next/BUILD_ID`)) say('Building the console: about half a minute, once …')
  const built = await buildApp()
  if (built) say(`Console built in ${secondsSince(begun)}.`)
}
