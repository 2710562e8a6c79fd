/** What Vitest's JSON report counts; a test file that could not be loaded is one failure. */
export function vitestCounts(report) {
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles }
}

/** What Playwright's JSON report counts; errors outside tests (the server did not start) are failures too. */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected + flaky, failed: unexpected + report.errors.length }
}
