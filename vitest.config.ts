import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') }

export default defineConfig({
  test: {
    // Tests with real programs wait a good deal, so two at a time pay even on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['lib/**/*.test.ts', 'scripts/**/*.test.ts', 'prisma/**/*.test.ts', 'demo/**/*.test.ts'],
          setupFiles: process.env.CI === undefined ? [] : ['vitest.setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        plugins: [react()],
        test: { name: 'dom', environment: 'jsdom', include: ['components/**/*.test.tsx'], setupFiles: ['components/test-setup.ts'] },
      },
    ],
  },
})
