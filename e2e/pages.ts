/** Every page of the console; accessibility and hostile-text tests walk them. `ALARM` stands for an alarm's id. */
export const CONSOLE_PAGES = [
  '/alarms',
  '/alarms/ALARM',
  '/escalations',
  '/allowlist',
  '/coverage',
  '/sources',
  '/sources/assets',
  '/users',
  '/events',
  '/domains/example.com',
  '/hosts/10.20.0.66',
  '/detectors',
  '/detectors/dns_tunneling_nslookup',
  '/detectors/evaluation',
  '/audit',
  '/account',
] as const
export const PUBLIC_PAGES = ['/sign-in'] as const
