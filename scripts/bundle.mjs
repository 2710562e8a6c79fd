import { fileURLToPath } from 'node:url'
import { build, context } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The engine's worker and the command line, one file each: both run without Next.js.
 *
 * @param {string} outdir folder of `engine.mjs` and `cli.mjs`
 * @returns {import('esbuild').BuildOptions}
 */
export const bundleOptions = (outdir) => ({
  absWorkingDir: root,
  entryPoints: { engine: 'lib/engine/worker.ts', cli: 'lib/cli/main.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // A native addon is loaded from node_modules, never bundled.
  external: ['better-sqlite3'],
  alias: { '@': root.replace(/[/\\]$/, '') },
  // CommonJS dependencies ask for `require`, which an ES module does not have.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  legalComments: 'none',
  sourcemap: 'linked',
  logLevel: 'warning',
})

async function main(args) {
  const options = bundleOptions('dist')
  if (!args.includes('--watch')) {
    await build(options)
    return
  }
  const watcher = await context(options)
  await watcher.watch()
  process.once('SIGTERM', async () => {
    await watcher.dispose()
    process.exit(0)
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
