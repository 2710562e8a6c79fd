/** The people of the tests; the first start creates them through the pages. */
export const PEOPLE = {
  admin: { name: 'Ada Admin', email: 'ada@soc.example', password: 'correct horse battery 1', role: 'admin' },
  analyst: { name: 'Nia Analyst', email: 'nia@soc.example', password: 'correct horse battery 2', role: 'analyst' },
  colleague: { name: 'Mira Colleague', email: 'mira@soc.example', password: 'correct horse battery 3', role: 'analyst' },
  manager: { name: 'Max Manager', email: 'max@soc.example', password: 'correct horse battery 4', role: 'manager' },
} as const
export type Person = keyof typeof PEOPLE

/** Where a person's session is kept between tests. */
export const sessionFile = (person: Person): string => `e2e/.auth/${person}.json`
